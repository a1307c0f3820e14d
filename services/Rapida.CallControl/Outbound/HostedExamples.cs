using Rapida.CallControl.Calls;

namespace Rapida.CallControl.Outbound;

/// <summary>Bodies for the description of the API.</summary>
internal static class HostedExamples
{
    public const string One = """
        {
          "assistant": { "assistantId": "123456789012345", "version": "latest" }, "toNumber": "+15557654321", "fromNumber": "+15551234567",
          "metadata": { "campaign": "follow-up" }, "args": { "name": "Ann" }, "options": { "max_duration_seconds": 120 }
        }
        """;

    public const string OneAnswered = $$"""{ "code": 200, "success": true, "data": { "id": "{{CallExamples.Id}}" } }""";

    public const string Many = $$"""{ "phoneCalls": [{{One}}] }""";

    public const string ManyAnswered = $$"""{ "code": 200, "success": true, "data": [{ "id": "{{CallExamples.Id}}" }] }""";
}
