namespace Rapida.Vault.Credentials;

/// <summary>What the provider said of a credential when it was asked last.</summary>
internal static class CredentialStatus
{
    /// <summary>Nobody has asked since it was stored or rotated.</summary>
    public const string Unverified = "unverified";

    public const string Connected = "connected";

    public const string Failing = "failing";
}
