using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Rapida.CallControl.Calls;
using Rapida.ServiceDefaults.Privacy;
using Rapida.ServiceDefaults.Problems;

namespace Rapida.CallControl.Outbound;

/// <summary>A call that somebody wants placed, as far as it can be checked without asking anybody.</summary>
internal sealed partial class PlaceCallCommand
{
    public const int MaxIdempotencyKey = 100;
    private const int MaxMetadataBytes = 4_096;
    private const int MaxArguments = 50;
    private const int MaxArgumentName = 50;
    private const int MaxArgument = 1_000;

    // Its own words are kept: é stays é.
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private PlaceCallCommand()
    {
    }

    public required Guid ProjectId { get; init; }

    public required string AssistantId { get; init; }

    /// <summary>0: the live one.</summary>
    public required int Version { get; init; }

    public required PhoneNumber To { get; init; }

    /// <summary>Null: the deployment's.</summary>
    public required PhoneNumber? From { get; init; }

    /// <summary>A JSON object, or null.</summary>
    public required string? Metadata { get; init; }

    public required IReadOnlyDictionary<string, string> Arguments { get; init; }

    public required CallOverrides Overrides { get; init; }

    /// <summary>Null: as the deployment has it.</summary>
    public required MachineDetection? MachineDetection { get; init; }

    public required string? IdempotencyKey { get; init; }

    /// <summary>The same for the same request.</summary>
    public required byte[] Hash { get; init; }

    public static Result<PlaceCallCommand> Parse(Guid projectId, PlaceCallBody body, string? idempotencyKey)
    {
        if (!TryWrite(body.Metadata, out var metadata))
            return PlaceCallProblems.MetadataInvalid;
        var arguments = body.Args ?? new Dictionary<string, string?>();
        MachineDetection? machineDetection = null;
        if (string.IsNullOrEmpty(body.AssistantId))
            return PlaceCallProblems.AssistantIdMissing;
        if (!AssistantIdText.IsOne(body.AssistantId))
            return PlaceCallProblems.AssistantIdInvalid;
        if (body.Version is < 1)
            return PlaceCallProblems.VersionInvalid;
        if (string.IsNullOrEmpty(body.ToNumber))
            return PlaceCallProblems.ToNumberMissing;
        if (!PhoneNumber.TryParse(body.ToNumber, out var to))
            return PlaceCallProblems.ToNumberInvalid;
        PhoneNumber? from = null;
        if (body.FromNumber is not null && !PhoneNumber.TryParse(body.FromNumber, out from))
            return PlaceCallProblems.FromNumberInvalid;
        if (from == to)
            return PlaceCallProblems.SameNumber;
        if (metadata is not null && (System.Text.Encoding.UTF8.GetByteCount(metadata) > MaxMetadataBytes || metadata.Contains("\\u0000", StringComparison.Ordinal)))
            return PlaceCallProblems.MetadataInvalid;
        if (arguments.Count > MaxArguments || arguments.Any(pair => !IsArgument(pair.Key, pair.Value)))
            return PlaceCallProblems.ArgsInvalid;
        if (!CallOverrides.Parse(body.Options).TryGet(out var overrides, out var problem))
            return problem;
        if (body.MachineDetection is not null && (machineDetection = MachineDetections.Parse(body.MachineDetection)) is null)
            return PlaceCallProblems.MachineDetectionInvalid;
        if (idempotencyKey is not null && !IsIdempotencyKey(idempotencyKey))
            return PlaceCallProblems.IdempotencyKeyInvalid;

        return new PlaceCallCommand
        {
            ProjectId = projectId,
            AssistantId = body.AssistantId,
            Version = body.Version ?? 0,
            To = to,
            From = from,
            Metadata = metadata,
            Arguments = arguments.ToDictionary(pair => pair.Key, pair => pair.Value!),
            Overrides = overrides,
            MachineDetection = machineDetection,
            IdempotencyKey = idempotencyKey,
            Hash = SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(body)),
        };
    }

    /// <summary>1 to 100 visible characters of ASCII.</summary>
    public static bool IsIdempotencyKey(string text) => IdempotencyKeyText().IsMatch(text);

    // What a JsonObject holds is read no sooner than this: half a surrogate pair is no text.
    private static bool TryWrite(JsonObject? metadata, out string? text)
    {
        try
        {
            text = metadata?.ToJsonString(Json);
            return true;
        }
        catch (InvalidOperationException)
        {
            text = null;
            return false;
        }
    }

    private static bool IsArgument(string name, string? value) =>
        name.Length is > 0 and <= MaxArgumentName && value is { Length: <= MaxArgument } && !value.Contains('\0', StringComparison.Ordinal)
        && !name.Contains('\0', StringComparison.Ordinal);

    [GeneratedRegex(@"^[\x21-\x7e]{1,100}\z")]
    private static partial Regex IdempotencyKeyText();
}
