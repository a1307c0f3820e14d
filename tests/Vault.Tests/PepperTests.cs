using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;

namespace Rapida.Vault.Tests;

/// <summary>The pepper of the API keys is changed: each test on a database of its own.</summary>
public sealed class PepperTests : IAsyncLifetime
{
    private readonly RunningVault _vault = new();

    public Task InitializeAsync() => _vault.InitializeAsync();

    public Task DisposeAsync() => _vault.DisposeAsync();

    [Fact]
    public async Task A_key_of_the_old_pepper_is_good_and_comes_under_the_new_one_when_it_is_used()
    {
        var (used, idle) = (await _vault.NewTenantAsync("calls:read"), await _vault.NewTenantAsync("calls:read"));
        ActivateNewPepper();
        await using (var both = _vault.NewInstance())
        {
            var keys = new V1.ApiKeys.ApiKeysClient(both.CallAs("calls"));
            for (var i = 0; i < 2; i++)
                Assert.True((await keys.AuthenticateAsync(new() { Key = used.Key.Reveal() })).Known);
        }

        Assert.Equal("pepper-2", await PepperOfAsync(used));
        Assert.Equal("pepper-1", await PepperOfAsync(idle));
    }

    [Fact]
    public async Task Vault_does_not_start_without_a_pepper_that_keys_in_use_need_and_says_how_many()
    {
        await _vault.NewTenantAsync("calls:read");
        await _vault.NewTenantAsync("calls:read");
        ActivateNewPepper();
        _vault.Settings.Remove("Vault:Peppers:Keys:pepper-1");

        var exception = Assert.ThrowsAny<Exception>(() => _vault.NewInstance());

        Assert.Contains("Vault:Peppers lacks peppers that API keys in use need: pepper-1 (2 keys)", $"{exception}", StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_old_pepper_may_be_taken_away_when_every_key_was_used_or_revoked()
    {
        var (used, revoked) = (await _vault.NewTenantAsync("calls:read"), await _vault.NewTenantAsync("calls:read"));
        await using (var db = _vault.NewDbContext())
            await db.Database.ExecuteSqlAsync($"update api_keys set revoked_at = now() where lookup_id = {revoked.Key.LookupId}");
        ActivateNewPepper();
        await using (var both = _vault.NewInstance())
            await new V1.ApiKeys.ApiKeysClient(both.CallAs("calls")).AuthenticateAsync(new() { Key = used.Key.Reveal() });
        _vault.Settings.Remove("Vault:Peppers:Keys:pepper-1");

        await using var without = _vault.NewInstance();

        var keys = new V1.ApiKeys.ApiKeysClient(without.CallAs("calls"));
        Assert.True((await keys.AuthenticateAsync(new() { Key = used.Key.Reveal() })).Known);
        Assert.False((await keys.AuthenticateAsync(new() { Key = revoked.Key.Reveal() })).Known);
    }

    private void ActivateNewPepper()
    {
        _vault.Settings["Vault:Peppers:Keys:pepper-2"] = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
        _vault.Settings["Vault:Peppers:Active"] = "pepper-2";
    }

    private async Task<string> PepperOfAsync(Tenant tenant)
    {
        await using var db = _vault.NewDbContext();
        return (await db.ApiKeys.AsNoTracking().SingleAsync(key => key.LookupId == tenant.Key.LookupId)).Hash.PepperId;
    }
}
