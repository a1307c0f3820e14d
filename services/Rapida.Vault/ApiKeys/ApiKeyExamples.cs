namespace Rapida.Vault.ApiKeys;

/// <summary>Bodies for the description of the API.</summary>
internal static class ApiKeyExamples
{
    public const string Id = "01990f3a-7c00-7000-8000-0000000000a1";

    public const string Create = """{ "name": "Support desk", "scopes": ["calls:read", "conversations:read"], "expires_at": "2099-12-31T23:59:59Z" }""";

    public const string Shown = $$"""
        {
          "id": "{{Id}}", "name": "Support desk", "display": "rpd-7hQ2mXc04LbT-…", "scopes": ["calls:read", "conversations:read"],
          "created_at": "2026-11-24T09:00:00+00:00", "expires_at": "2099-12-31T23:59:59+00:00", "revoked_at": null, "last_used_at": null
        }
        """;

    public const string Created = $$"""{ "api_key": {{Shown}}, "key": "rpd-7hQ2mXc04LbT-…" }""";

    public const string List = $$"""{ "api_keys": [{{Shown}}], "next_page_token": null }""";

    public const string Revoked = $$"""
        {
          "id": "{{Id}}", "name": "Support desk", "display": "rpd-7hQ2mXc04LbT-…", "scopes": ["calls:read", "conversations:read"],
          "created_at": "2026-11-24T09:00:00+00:00", "expires_at": "2099-12-31T23:59:59+00:00", "revoked_at": "2026-11-25T17:30:00+00:00",
          "last_used_at": "2026-11-25T17:29:12+00:00"
        }
        """;
}
