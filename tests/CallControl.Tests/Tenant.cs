using System.Security.Cryptography;
using Rapida.ServiceDefaults.Access;

namespace CallControl.Tests;

/// <summary>A project with a Twilio account, an assistant that is ready for calls, and a key for each purpose.</summary>
internal sealed class Tenant
{
    public Tenant() => (DeployedCredentialId, DeployedNumber) = (CredentialId, Number);

    /// <summary>The only number that calls may be transferred to.</summary>
    public const string Desk = "+15557654321";

    public Guid ProjectId { get; } = Guid.NewGuid();

    public string AccountSid { get; } = $"AC{Guid.NewGuid():N}";

    public string AuthToken { get; private set; } = RandomNumberGenerator.GetHexString(32, lowercase: true);

    /// <summary>What the last rotation replaced, and until when it may have signed; null before the first.</summary>
    public (string Token, DateTimeOffset Until)? Previous { get; private set; }

    /// <summary>The API key of the credential; null: it has none.</summary>
    public (string Sid, string Secret)? ApiKey { get; set; }

    /// <summary>Vault does not know the credential any more.</summary>
    public bool IsCredentialDeleted { get; set; }

    public Guid CredentialId { get; } = Guid.NewGuid();

    /// <summary>The credential that the phone deployment names.</summary>
    public Guid DeployedCredentialId { get; set; }

    public Guid LanguageModelCredentialId { get; } = Guid.NewGuid();

    /// <summary>Where Vault has the headers of the one tool.</summary>
    public Guid ToolCredentialId { get; } = Guid.NewGuid();

    /// <summary>What a Deployments of an older version still tells of them.</summary>
    public string ToolKey { get; } = RandomNumberGenerator.GetHexString(32, lowercase: true);

    public string AssistantId { get; } = $"4{RandomNumberGenerator.GetString("0123456789", 14)}";

    /// <summary>With the scope <c>webhook</c> and no other.</summary>
    public string WebhookKey { get; } = ApiKeyText.Generate().Reveal();

    /// <summary>With the scope <c>calls:read</c> and no other.</summary>
    public string ReadKey { get; } = ApiKeyText.Generate().Reveal();

    public string Number { get; } = $"+1555{RandomNumberGenerator.GetString("0123456789", 7)}";

    /// <summary>The number that the phone deployment names.</summary>
    public string DeployedNumber { get; set; }

    /// <summary>The phone deployment's; empty: a Deployments of an older version does not say.</summary>
    public string MachineDetection { get; set; } = "";

    /// <summary>What Deployments says is missing.</summary>
    public List<string> Missing { get; } = [];

    public string ErrorMessage { get; set; } = "Sorry, we cannot talk <now> & you know it: São Paulo sleeps.";

    public void Rotate(DateTimeOffset previousUntil) =>
        (Previous, AuthToken) = ((AuthToken, previousUntil), RandomNumberGenerator.GetHexString(32, lowercase: true));
}
