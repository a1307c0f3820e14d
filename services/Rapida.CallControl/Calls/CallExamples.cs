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
          "metadata": null, "ended_by": "assistant", "fault": "none", "failure": null, "reason": "The assistant ended it.", "answered_by": null,
          "sip_code": 200, "error": null, "price": null, "price_unit": null, "duration_seconds": 48,
          "created_at": "2026-11-25T09:12:40+00:00", "answered_at": "2026-11-25T09:12:41+00:00", "ended_at": "2026-11-25T09:13:29+00:00"
        }
        """;

    public const string Place = """
        {
          "assistant_id": "123456789012345", "to_number": "+15557654321", "metadata": { "campaign": "follow-up" }, "args": { "name": "Ann" },
          "options": { "max_duration_seconds": 120 }, "machine_detection": "hang_up"
        }
        """;

    public const string Placed = $$"""
        {
          "id": "{{Id}}", "provider_call_id": null,
          "conversation": { "id": "01990f3a-7c00-7000-8000-0000000000f1" }, "assistant_id": "123456789012345", "assistant_version": 1,
          "direction": "outbound", "status": "queued", "from": "+15551234567", "to": "+15557654321",
          "metadata": { "campaign": "follow-up" }, "ended_by": null, "fault": null, "failure": null, "reason": null, "answered_by": null,
          "sip_code": null, "error": null, "price": null, "price_unit": null, "duration_seconds": null,
          "created_at": "2026-11-25T09:12:40+00:00", "answered_at": null, "ended_at": null
        }
        """;

    public const string Canceled = $$"""
        {
          "id": "{{Id}}", "provider_call_id": null,
          "conversation": { "id": "01990f3a-7c00-7000-8000-0000000000f1" }, "assistant_id": "123456789012345", "assistant_version": 1,
          "direction": "outbound", "status": "canceled", "from": "+15551234567", "to": "+15557654321",
          "metadata": { "campaign": "follow-up" }, "ended_by": "operator", "fault": "none", "failure": null,
          "reason": "It was taken back before it was answered.", "answered_by": null,
          "sip_code": null, "error": null, "price": null, "price_unit": null, "duration_seconds": null,
          "created_at": "2026-11-25T09:12:40+00:00", "answered_at": null, "ended_at": "2026-11-25T09:12:43+00:00"
        }
        """;

    public const string Events = """
        {
          "events": [
            { "kind": "dial", "word": "dialling", "detail": null, "at": "2026-11-25T09:12:40+00:00" },
            { "kind": "call", "word": "busy", "detail": "486", "at": "2026-11-25T09:12:45+00:00" }
          ]
        }
        """;

    public const string List = $$"""{ "calls": [{{Shown}}], "next_page_token": "{{Id}}" }""";
}
