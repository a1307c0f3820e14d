namespace Rapida.Deployments.Assistants;

/// <summary>Bodies for the description of the API.</summary>
internal static class AssistantExamples
{
    public const string Id = "123456789012345";

    public const string Create = """{ "name": "Clinic appointments" }""";

    public const string Created = $$"""{ "id": "{{Id}}", "name": "Clinic appointments", "created_at": "2026-11-24T09:00:00+00:00", "live_version": 0 }""";

    public const string Shown = $$"""{ "id": "{{Id}}", "name": "Clinic appointments", "created_at": "2026-11-24T09:00:00+00:00", "live_version": 1 }""";

    public const string PageToken = "01990000-0000-7000-8000-000000000007";

    public const string List = $$"""{ "assistants": [{{Shown}}], "next_page_token": null }""";

    public const string CreateVersion = $$"""
        {
          "language_model": { "name": "scripted", "options": { "model": "appointment" } },
          "prompt": "You take appointments for a clinic. Ask for a day and a time, and repeat both.",
          "tools": [{{Tool}}]
        }
        """;

    public const string Version = $$"""
        {
          "assistant_id": "{{Id}}", "version": 1,
          "language_model": { "name": "scripted", "options": { "model": "appointment" }, "credential_id": null },
          "prompt": "You take appointments for a clinic. Ask for a day and a time, and repeat both.",
          "tools": [{{ShownTool}}],
          "created_at": "2026-11-24T09:05:00+00:00"
        }
        """;

    public const string Versions = $$"""{ "versions": [{{ShownVersion}}], "next_page_token": null }""";

    public const string ShownVersion = $$"""
        {
          "assistant_id": "{{Id}}", "version": 1,
          "language_model": { "name": "scripted", "options": { "model": "appointment" }, "credential_id": null },
          "prompt": "You take appointments for a clinic. Ask for a day and a time, and repeat both.",
          "tools": [],
          "created_at": "2026-11-24T09:05:00+00:00"
        }
        """;

    private const string Tool = """
        {
          "name": "free_slots", "description": "Tells which times are free on a day.",
          "parameters": { "type": "object", "properties": { "day": { "type": "string" } }, "required": ["day"] },
          "url": "https://clinic.example.com/free-slots", "method": "GET", "headers": { "Authorization": "Bearer read-only" }, "timeout_seconds": 5
        }
        """;

    private const string ShownTool = """
        {
          "name": "free_slots", "description": "Tells which times are free on a day.",
          "parameters": { "type": "object", "properties": { "day": { "type": "string" } }, "required": ["day"] },
          "url": "https://clinic.example.com/free-slots", "method": "GET", "headers": { "Authorization": "***" }, "timeout_seconds": 5,
          "credential_id": null
        }
        """;
}
