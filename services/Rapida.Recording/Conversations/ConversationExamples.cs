namespace Rapida.Recording.Conversations;

/// <summary>Bodies for the description of the API.</summary>
internal static class ConversationExamples
{
    public const string Id = "01990f3a-7c00-7000-8000-0000000000f1";

    public const string RecordingId = "01990f3a-7c00-7000-8000-000000000101";

    public const string List = $$"""{ "conversations": [{ {{Head}} }], "next_page_token": null }""";

    public const string Shown = $$"""
        {
          {{Head}},
          "turns": [
            {
              "attempt": 1, "index": 1, "speaker": "assistant", "text": "Thank you for calling the clinic. How can I help?",
              "start_ms": 200, "end_ms": 3100, "interrupted": false, "gap_ms": 0
            },
            {
              "attempt": 1, "index": 2, "speaker": "caller", "text": "monday at half past nine please",
              "start_ms": 3900, "end_ms": 5800, "interrupted": false, "gap_ms": 0
            },
            {
              "attempt": 1, "index": 3, "speaker": "assistant", "text": "Monday at half past nine. Is that right?",
              "start_ms": 6600, "end_ms": 8900, "interrupted": false, "gap_ms": 800,
              "waterfall": {
                "end_of_turn_ms": 640, "transcript_ms": 660, "first_token_ms": 320, "first_audio_ms": 690, "first_sent_ms": 700, "first_confirmed_ms": 800
              }
            }
          ],
          "collected": { "day": "monday", "time": "09:30" }
        }
        """;

    public const string Journal = """
        [
          {
            "attempt": 1, "sequence": 4, "occurred_at": "2026-11-25T09:12:49+00:00", "kind": "decision",
            "body": { "kind": "turn_ended", "atSample": "46400" }
          }
        ]
        """;

    private const string Head = $$"""
        "id": "{{Id}}", "call_id": "01990f3a-7c00-7000-8000-0000000000e1", "assistant_id": "123456789012345", "assistant_version": 1,
          "direction": "inbound", "status": "ended", "outcome": "completed", "ended_by": "assistant", "fault": "none",
          "started_at": "2026-11-25T09:12:41+00:00", "ended_at": "2026-11-25T09:13:29+00:00", "recording_id": "{{RecordingId}}",
          "trace_id": "4bf92f3577b34da6a3ce929d0e0e4736"
        """;
}
