namespace Rapida.Vault.Members;

/// <summary>Bodies for the description of the API.</summary>
internal static class MemberExamples
{
    public const string Id = "01990f3a-7c00-7000-8000-0000000000b1";

    public const string Add = """{ "email": "ann@example.com", "role": "operator" }""";

    public const string Shown = $$"""
        { "id": "{{Id}}", "email": "ann@example.com", "role": "operator", "created_at": "2026-11-24T09:00:00+00:00" }
        """;

    public const string List = $$"""{ "members": [{{Shown}}] }""";

    public const string ChangeRole = """{ "role": "operator" }""";
}
