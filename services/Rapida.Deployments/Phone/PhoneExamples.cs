using Rapida.Deployments.Assistants;

namespace Rapida.Deployments.Phone;

/// <summary>Bodies for the description of the API.</summary>
internal static class PhoneExamples
{
    public const string Save = $"{{ {Settings} }}";

    public const string Saved = $$"""{ "assistant_id": "{{AssistantExamples.Id}}", "revision": 1, {{Settings}}, "created_at": "2026-11-24T09:10:00+00:00" }""";

    // What GET answers can be PUT again.
    private const string Settings = """
        "provider": "twilio", "credential_id": "01990f3a-7c00-7000-8000-0000000000c1", "phone_number": "+15551234567",
        "greeting": "Thank you for calling the clinic. How can I help?", "greeting_interruptible": true,
        "error_message": "Something went wrong. Please call again.",
        "idle_timeout_seconds": 30, "idle_message": "Are you there?", "idle_retries": 2, "max_duration_seconds": 300,
        "speech_to_text": { "name": "pocketsphinx", "options": {}, "credential_id": null },
        "text_to_speech": { "name": "flite", "options": {}, "credential_id": null },
        "transfer_targets": { "front desk": "+13125550142" }, "send_keys": false, "machine_detection": "off"
        """;
}
