namespace Rapida.CallControl.Calls;

/// <summary>Bodies for the description of the API.</summary>
internal static class CallExamples
{
    public const string Id = "01990f3a-7c00-7000-8000-0000000000e1";

    public const string Shown = $$"""
        {
          "id": "{{Id}}", "provider_call_id": "CA0123456789abcdef0123456789abcdef",
          "conversation": { "id": "01990f3a-7c00-7000-8000-0000000000f1" }, "assistant_id": "123456789012345", "assistant_version": 1,
          "direction": "inbound", "status": "completed", "from": "+15557654321", "to": "+15551234567",
          "ended_by": "assistant", "fault": "none", "failure": null, "duration_seconds": 48,
          "created_at": "2026-11-25T09:12:40+00:00", "answered_at": "2026-11-25T09:12:41+00:00", "ended_at": "2026-11-25T09:13:29+00:00"
        }
        """;

    public const string List = $$"""{ "calls": [{{Shown}}], "next_page_token": "{{Id}}" }""";
}
