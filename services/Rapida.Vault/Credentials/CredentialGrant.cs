using Rapida.ServiceDefaults.Access;

namespace Rapida.Vault.Credentials;

/// <summary>
/// Which credentials one call may use. CallControl signs it when a relay claims the call, so that a relay can reveal those of its live
/// calls and no others.
/// </summary>
internal sealed record CredentialGrant(string ProjectId, IReadOnlySet<string> CredentialIds)
{
    private const string Issuer = "calls";

    /// <summary>Null when it is missing, has expired, or was not signed by CallControl for Vault.</summary>
    public static async Task<CredentialGrant?> ReadAsync(ServiceTokens tokens, string? grant)
    {
        // {"iss":"calls","aud":"vault","exp":…,"project_id":"0199e0a4-…","credential_ids":["0199e0a5-…"]}
        if (await tokens.ReadAsync(grant) is not { Issuer: Issuer } token
            || !token.TryGetPayloadValue<string>("project_id", out var projectId)
            || !token.TryGetPayloadValue<string[]>("credential_ids", out var ids))
        {
            return null;
        }

        return new(projectId, ids.ToHashSet(StringComparer.Ordinal));
    }

    public bool Covers(Guid projectId, Guid credentialId) =>
        ProjectId == projectId.ToString() && CredentialIds.Contains(credentialId.ToString());
}
