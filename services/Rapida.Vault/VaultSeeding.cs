using Rapida.Vault.ApiKeys;
using Rapida.Vault.Credentials;
using Rapida.Vault.Encryption;
using Rapida.Vault.Projects;

namespace Rapida.Vault;

/// <summary>
/// For <c>Rapida.Migrations</c>: use cases that change nothing when they run again. The host adds the DbContext and the clock.
/// </summary>
internal static class VaultSeeding
{
    public static void AddVaultSeeding(this IHostApplicationBuilder builder)
    {
        builder.AddEncryption();
        builder.AddPeppers();
        builder.Services.AddScoped<EnsureProject>();
        builder.Services.AddScoped<EnsureCredential>();
        builder.Services.AddScoped<ImportApiKey>();
    }
}
