using System.Collections.Frozen;

namespace Rapida.ServiceDefaults.Access;

/// <summary>What a key of the public API may be allowed to do.</summary>
public static class Scopes
{
    /// <summary>See calls.</summary>
    public const string CallsRead = "calls:read";

    /// <summary>Place and end calls.</summary>
    public const string CallsWrite = "calls:write";

    /// <summary>See assistants and their deployments.</summary>
    public const string DeploymentsRead = "deployments:read";

    /// <summary>Change assistants and their deployments.</summary>
    public const string DeploymentsWrite = "deployments:write";

    /// <summary>See which credentials there are, never a secret.</summary>
    public const string CredentialsRead = "credentials:read";

    /// <summary>Store credentials.</summary>
    public const string CredentialsWrite = "credentials:write";

    /// <summary>See conversations and hear recordings.</summary>
    public const string ConversationsRead = "conversations:read";

    /// <summary>See, make and revoke keys.</summary>
    public const string ApiKeysWrite = "api-keys:write";

    /// <summary>See who works in the project.</summary>
    public const string MembersRead = "members:read";

    /// <summary>Say who works in the project.</summary>
    public const string MembersWrite = "members:write";

    /// <summary>Stand in the webhook URLs that Twilio calls. Such a key is seen by others, and so it may do nothing else.</summary>
    public const string Webhook = "webhook";

    /// <summary>Every scope there is.</summary>
    public static readonly FrozenSet<string> All = new[]
    {
        CallsRead, CallsWrite, DeploymentsRead, DeploymentsWrite, CredentialsRead, CredentialsWrite, ConversationsRead, ApiKeysWrite,
        MembersRead, MembersWrite, Webhook,
    }.ToFrozenSet(StringComparer.Ordinal);
}
