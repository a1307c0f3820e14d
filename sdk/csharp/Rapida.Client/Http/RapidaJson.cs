using System.Text.Json.Serialization;

namespace Rapida.Client.Http;

/// <summary>The wire: names in snake_case, nothing sent for null, fields that nobody knows passed over, a number taken also as a text.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.AllowReadingFromString,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(Call))]
[JsonSerializable(typeof(CallPage))]
[JsonSerializable(typeof(CallEvents))]
[JsonSerializable(typeof(CreateCall))]
[JsonSerializable(typeof(Conversation))]
[JsonSerializable(typeof(ConversationPage))]
[JsonSerializable(typeof(IReadOnlyList<JournalEntry>))]
[JsonSerializable(typeof(Recording))]
[JsonSerializable(typeof(RecordingPage))]
[JsonSerializable(typeof(Assistant))]
[JsonSerializable(typeof(AssistantList))]
[JsonSerializable(typeof(AssistantVersion))]
[JsonSerializable(typeof(AssistantVersionList))]
[JsonSerializable(typeof(CreateAssistantVersion))]
[JsonSerializable(typeof(PhoneSettings))]
[JsonSerializable(typeof(PhoneDeployment))]
[JsonSerializable(typeof(Credential))]
[JsonSerializable(typeof(CredentialList))]
[JsonSerializable(typeof(CreateCredential))]
[JsonSerializable(typeof(RotateCredential))]
[JsonSerializable(typeof(LeasePage))]
[JsonSerializable(typeof(ApiKeyList))]
[JsonSerializable(typeof(ApiKey))]
[JsonSerializable(typeof(CreateApiKey))]
[JsonSerializable(typeof(NewApiKey))]
[JsonSerializable(typeof(NumberList))]
[JsonSerializable(typeof(SetUpNumber))]
[JsonSerializable(typeof(NumberSetup))]
[JsonSerializable(typeof(DiagnosticList))]
[JsonSerializable(typeof(SignedRequest))]
[JsonSerializable(typeof(SignatureFinding))]
[JsonSerializable(typeof(Member))]
[JsonSerializable(typeof(MemberList))]
[JsonSerializable(typeof(AddMember))]
[JsonSerializable(typeof(ChangeRole))]
[JsonSerializable(typeof(Named))]
internal sealed partial class RapidaJson : JsonSerializerContext;

/// <summary>The body of what has a name alone.</summary>
internal sealed record Named(string Name);
