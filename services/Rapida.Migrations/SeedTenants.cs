using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using Rapida.ServiceDefaults.Access;
using Rapida.Vault;
using Rapida.Vault.ApiKeys;
using Rapida.Vault.Projects;

namespace Rapida.Migrations;

/// <summary>The tenants that an operator wants there to be: configuration <c>Tenants</c>. Whoever has the key makes the rest through the API.</summary>
internal sealed class TenantsOptions
{
    public const string Section = "Tenants";

    [ValidateEnumeratedItems]
    public List<TenantOptions> Tenants { get; } = [];
}

internal sealed class TenantOptions
{
    /// <summary>Of the organisation, and of its first project.</summary>
    [Required, MaxLength(100)]
    public string Name { get; set; } = "";

    /// <summary>A UUID of the operator's choice: the same again is the same project.</summary>
    [Required]
    public Guid? ProjectId { get; set; }

    /// <summary>The project's first key, <c>rpd-…</c>. It may do everything but stand in webhooks' URLs.</summary>
    [Required]
    public string ApiKey { get; set; } = "";
}

[OptionsValidator]
internal sealed partial class TenantsOptionsValidator : IValidateOptions<TenantsOptions>;

/// <summary>Makes the tenants that are missing. What is there stays as it is.</summary>
internal sealed class SeedTenants(IOptions<TenantsOptions> options, EnsureProject ensureProject, ImportApiKey importApiKey, TimeProvider clock)
{
    public async Task ExecuteAsync(CancellationToken cancellationToken)
    {
        foreach (var tenant in options.Value.Tenants)
        {
            if (!ApiKeyText.TryParse(tenant.ApiKey, out var key))
                throw new InvalidOperationException($"Tenants: the ApiKey of {tenant.ProjectId} is none. It is rpd-, a lookup id, and a secret with its checksum.");
            await ensureProject.ExecuteAsync(tenant.ProjectId!.Value, tenant.Name, tenant.Name, cancellationToken);
            await importApiKey.ExecuteAsync(
                CreateApiKeyCommand.Parse(
                    tenant.ProjectId.Value, "First key", [.. Scopes.All.Where(scope => scope != Scopes.Webhook)], expiresAt: null, clock.GetUtcNow()).ValueOrThrow(),
                key, cancellationToken);
        }
    }
}

internal static class TenantsRegistration
{
    public static void AddTenants(this IHostApplicationBuilder builder)
    {
        if (!builder.Configuration.GetSection(TenantsOptions.Section).Exists())
            return;
        builder.Services.AddOptions<TenantsOptions>().Bind(builder.Configuration).ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<TenantsOptions>, TenantsOptionsValidator>();
        builder.AddVaultSeeding();
        builder.Services.AddScoped<SeedTenants>();
    }
}
