namespace Rapida.Vault.Credentials;

/// <summary>Bodies for the description of the API.</summary>
internal static class CredentialExamples
{
    public const string Id = "01990f3a-7c00-7000-8000-0000000000c1";

    public const string LeaseId = "01990f3a-7c00-7000-8000-0000000000d1";

    public const string Create = """
        {
          "provider": "twilio", "name": "Production Twilio",
          "fields": { "account_sid": "AC0123456789abcdef0123456789abcdef", "account_token": "0123456789abcdef0123456789abcdef" }
        }
        """;

    public const string Rename = """{ "name": "Front desk" }""";

    public const string Rotate = """{ "fields": { "account_token": "fedcba9876543210fedcba9876543210" }, "grace": 3600 }""";

    public const string Created = $$"""
        {
          "id": "{{Id}}", "provider": "twilio", "name": "Production Twilio",
          "public_fields": { "account_sid": "AC0123456789abcdef0123456789abcdef" }, "secret_fields": ["account_token"], "previous_until": null,
          "status": "unverified", "status_reason": null, "status_detail": null, "verified_at": null,
          "created_at": "2026-11-24T09:00:00+00:00", "updated_at": "2026-11-24T09:00:00+00:00", "last_used_at": null
        }
        """;

    public const string Shown = $$"""
        {
          "id": "{{Id}}", "provider": "twilio", "name": "Front desk",
          "public_fields": { "account_sid": "AC0123456789abcdef0123456789abcdef" }, "secret_fields": ["account_token"],
          "previous_until": "2026-11-25T10:00:00+00:00", "status": "connected", "status_reason": null, "status_detail": null,
          "verified_at": "2026-11-25T09:00:05+00:00", "created_at": "2026-11-24T09:00:00+00:00", "updated_at": "2026-11-25T09:00:00+00:00",
          "last_used_at": "2026-11-25T09:12:41+00:00"
        }
        """;

    public const string Verified = $$"""
        {
          "id": "{{Id}}", "provider": "twilio", "name": "Front desk",
          "public_fields": { "account_sid": "AC0123456789abcdef0123456789abcdef" }, "secret_fields": ["account_token"], "previous_until": null,
          "status": "failing", "status_reason": "auth_token_refused",
          "status_detail": "Twilio does not take this account_token for this account_sid. Copy the Auth Token from the Twilio console and rotate the credential.",
          "verified_at": "2026-11-25T09:00:05+00:00", "created_at": "2026-11-24T09:00:00+00:00", "updated_at": "2026-11-24T09:00:00+00:00",
          "last_used_at": null
        }
        """;

    public const string List = $$"""{ "credentials": [{{Shown}}], "next_page_token": null }""";

    public const string Leases = $$"""
        {
          "leases": [
            {
              "id": "{{LeaseId}}", "purpose": "verify-credential", "caller": "calls", "instance": "calls@host-1:4711",
              "created_at": "2026-11-25T09:12:41+00:00", "expires_at": "2026-11-25T09:17:41+00:00"
            }
          ],
          "next_page_token": null
        }
        """;
}
