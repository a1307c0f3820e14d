using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Rapida.Testing;
using Rapida.Vault.V1;

namespace Rapida.Vault.Tests;

/// <summary>The master key is changed: each test on a database of its own.</summary>
public sealed class RewrapTests : IAsyncLifetime
{
    private readonly RunningVault _vault = new();
    private readonly ConcurrentDictionary<string, Tenant> _tenants = new();

    public Task InitializeAsync() => _vault.InitializeAsync();

    public Task DisposeAsync() => _vault.DisposeAsync();

    [Fact]
    public async Task Every_envelope_gets_the_new_key_while_reveals_lose_none()
    {
        var stored = new List<V1.Credential>();
        for (var i = 0; i < 120; i++)
            stored.Add(await StoreAsync($"token{i}"));
        var rotated = stored[0];
        await RotateAsync(rotated, "rotated");
        AddNewKey();
        await using var asked = _vault.NewInstance();
        using var over = new CancellationTokenSource();
        var revealing = Enumerable.Range(0, 4).Select(_ => RevealUntilAsync(asked, stored, rotated, over.Token)).ToList();

        // Two that wrap at once, beside one that knows the new key and is asked all the while.
        ActivateNewKey();
        await using var one = _vault.NewInstance();
        await using var other = _vault.NewInstance();
        while (await LeftAsync() > 0)
            await Task.Delay(TimeSpan.FromMilliseconds(20));
        await over.CancelAsync();

        Assert.All(await Task.WhenAll(revealing), count => Assert.NotEqual(0, count));
        await RevealAllAsync(asked, stored, rotated);
        await RevealAllAsync(other, stored, rotated);
    }

    [Fact]
    public async Task A_line_at_the_end_says_how_many_and_the_old_key_may_then_be_taken_away()
    {
        var credential = await StoreAsync("token");
        await RotateAsync(credential, "rotated");
        ActivateNewKey();
        await using (var rewraps = _vault.NewInstance())
            await SaysAsync(rewraps, "2 envelopes were wrapped with ring key ring-2; 0 did not open, 0 are left");

        _vault.Settings.Remove("Vault:KeyRing:Keys:ring-1");
        await using var without = _vault.NewInstance();

        var revealed = await new V1.Credentials.CredentialsClient(without.CallAs("calls")).RevealCredentialAsync(Ask(credential));
        Assert.Equal(("rotated", "token"), (revealed.SecretFields["account_token"], revealed.PreviousSecretFields["account_token"]));
    }

    [Fact]
    public async Task A_key_that_is_put_into_the_mounted_folder_is_taken_up_without_a_restart()
    {
        var credential = await StoreAsync("token");
        var folder = Directory.CreateTempSubdirectory("rapida-keys-").FullName;
        try
        {
            _vault.Settings["Secrets:Folder"] = folder;
            await using var running = _vault.NewInstance();
            // In the wrong order: the name is there before its key.
            await File.WriteAllTextAsync(Path.Combine(folder, "Vault__KeyRing__Active"), "ring-2");
            await SaysAsync(running, "Changed keys were not taken up; the old ones stay: Vault:KeyRing:Keys:ring-2 is missing", isWhole: false);
            await File.WriteAllBytesAsync(
                Path.Combine(folder, "Vault__KeyRing__Keys__ring-2"), Encoding.ASCII.GetBytes(Convert.ToBase64String(RandomNumberGenerator.GetBytes(32))));

            await SaysAsync(running, "1 envelopes were wrapped with ring key ring-2; 0 did not open, 0 are left");

            var revealed = await new V1.Credentials.CredentialsClient(running.CallAs("calls")).RevealCredentialAsync(Ask(credential));
            Assert.Equal("token", revealed.SecretFields["account_token"]);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task A_row_that_was_tampered_with_keeps_no_other_from_its_new_key()
    {
        var (thief, victim, honest) = (await StoreAsync("thief"), await StoreAsync("victim"), await StoreAsync("honest"));
        await ExecuteAsync(
            $"update credentials set secret_fields_wrapped_key = victim.secret_fields_wrapped_key from credentials victim where victim.id = '{victim.Id}' and credentials.id = '{thief.Id}'");
        ActivateNewKey();

        await using var rewraps = _vault.NewInstance();
        await SaysAsync(rewraps, "2 envelopes were wrapped with ring key ring-2; 1 did not open, 1 are left");

        Assert.Contains(rewraps.Logs.Lines, line => line.Level == LogLevel.Warning && line.Text.Contains(thief.Id, StringComparison.Ordinal));
        var revealed = await new V1.Credentials.CredentialsClient(rewraps.CallAs("calls")).RevealCredentialAsync(Ask(honest));
        Assert.Equal("honest", revealed.SecretFields["account_token"]);
    }

    [Fact]
    public async Task Vault_does_not_start_without_a_key_that_stored_rows_need_and_says_which()
    {
        await StoreAsync("one");
        await RotateAsync(await StoreAsync("two"), "three");
        ActivateNewKey();
        _vault.Settings.Remove("Vault:KeyRing:Keys:ring-1");

        var exception = Assert.ThrowsAny<Exception>(() => _vault.NewInstance());

        Assert.Contains("Vault:KeyRing lacks keys that stored credentials need: ring-1 (3 rows)", $"{exception}", StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_deleted_credential_needs_no_key()
    {
        var credential = await StoreAsync("one");
        var tenant = _tenants[credential.ProjectId];
        (await tenant.Http.DeleteAsync($"/v1/credentials/{credential.Id}")).EnsureSuccessStatusCode();
        ActivateNewKey();
        _vault.Settings.Remove("Vault:KeyRing:Keys:ring-1");

        await using var started = _vault.NewInstance();

        Assert.DoesNotContain(started.Logs.Lines, line => line.Level >= LogLevel.Warning);
    }

    private void AddNewKey() => _vault.Settings["Vault:KeyRing:Keys:ring-2"] = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    private void ActivateNewKey()
    {
        if (!_vault.Settings.ContainsKey("Vault:KeyRing:Keys:ring-2"))
            AddNewKey();
        _vault.Settings["Vault:KeyRing:Active"] = "ring-2";
    }

    private static async Task<int> RevealUntilAsync(
        ServiceUnderTest<Program> vault, IEnumerable<V1.Credential> stored, V1.Credential rotated, CancellationToken over)
    {
        var rounds = 0;
        do
        {
            await RevealAllAsync(vault, stored, rotated);
            rounds++;
        }
        while (!over.IsCancellationRequested);
        return rounds;
    }

    private static async Task RevealAllAsync(ServiceUnderTest<Program> vault, IEnumerable<V1.Credential> stored, V1.Credential rotated)
    {
        var calls = new V1.Credentials.CredentialsClient(vault.CallAs("calls"));
        foreach (var credential in stored)
        {
            var revealed = await calls.RevealCredentialAsync(Ask(credential));
            var isRotated = credential.Id == rotated.Id;
            Assert.Equal(isRotated ? "rotated" : credential.Name, revealed.SecretFields["account_token"]);
            Assert.Equal(isRotated ? credential.Name : null, revealed.PreviousSecretFields.GetValueOrDefault("account_token"));
        }
    }

    // Its name is its token.
    private async Task<V1.Credential> StoreAsync(string token)
    {
        var tenant = await _vault.NewTenantAsync("credentials:write");
        _tenants[tenant.ProjectId.ToString()] = tenant;
        return await new V1.Credentials.CredentialsClient(_vault.Service.CallAs("gateway")).CreateCredentialAsync(new()
        {
            ProjectId = tenant.ProjectId.ToString(),
            Provider = "twilio",
            Name = token,
            Fields = { ["account_sid"] = "AC0123456789abcdef0123456789abcdef", ["account_token"] = token },
        });
    }

    private async Task RotateAsync(V1.Credential credential, string token) =>
        (await _tenants[credential.ProjectId].Http.PostAsJsonAsync(
            $"/v1/credentials/{credential.Id}/rotate", new { fields = new { account_token = token } })).EnsureSuccessStatusCode();

    private static RevealCredentialRequest Ask(V1.Credential credential) =>
        new() { ProjectId = credential.ProjectId, Id = credential.Id, Purpose = "place-call", Instance = "calls-7" };

    private async Task<int> LeftAsync()
    {
        await using var db = _vault.NewDbContext();
        return (await db.Credentials.AsNoTracking().ToListAsync())
            .Count(row => row.SecretFields.RingKeyId != "ring-2" || row.PreviousSecretFields is { RingKeyId: not "ring-2" });
    }

    private static async Task SaysAsync(ServiceUnderTest<Program> vault, string text, bool isWhole = true)
    {
        for (var i = 0; i < 300 && !vault.Logs.Lines.Any(Says); i++)
            await Task.Delay(TimeSpan.FromMilliseconds(100));
        Assert.Contains(vault.Logs.Lines, line => Says(line));

        bool Says(LogCapture.Line line) => isWhole ? line.Text == text : line.Text.StartsWith(text, StringComparison.Ordinal);
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var db = _vault.NewDbContext();
        await db.Database.ExecuteSqlRawAsync(sql);
    }
}
