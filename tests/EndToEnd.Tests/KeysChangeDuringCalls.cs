using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Npgsql;
using Xunit;

namespace EndToEnd.Tests;

public sealed class KeysChangeDuringCalls
{
    [Fact]
    public async Task The_master_key_and_a_Twilio_token_change_while_twenty_calls_are_held_and_none_is_dropped()
    {
        var keys = Directory.CreateTempSubdirectory("rapida-keys-").FullName;
        var system = new RunningSystem { Environment = { ["Secrets__Folder"] = keys } };
        await system.InitializeAsync();
        try
        {
            using var api = system.NewApiClient();
            // Twenty lines for a minute, each rings again when its call is over: there are calls that began before, between and after.
            using var lines = system.Start("Rapida.Call", "--soak", "20,1");
            var output = lines.StandardOutput.ReadToEndAsync();
            await RunningSystem.UntilAsync(async () => await InProgressAsync(api) >= 20);

            await ChangeMasterKeyAsync(system, keys);
            Assert.True(await InProgressAsync(api) >= 15);
            await ChangeTwilioTokenAsync(system, api);

            await lines.WaitForExitAsync();
            Assert.True(lines.ExitCode == 0, $"{await output}\n{system.LastLines}");
            var verdict = JsonDocument.Parse((await output).TrimEnd().Split('\n')[^1]).RootElement;
            Assert.Equal(0, verdict.GetProperty("badly").GetInt32());
            Assert.InRange(verdict.GetProperty("well").GetInt32(), 25, 1_000);
        }
        finally
        {
            await system.DisposeAsync();
            Directory.Delete(keys, recursive: true);
        }
    }

    private static async Task ChangeMasterKeyAsync(RunningSystem system, string folder)
    {
        await File.WriteAllTextAsync(Path.Combine(folder, "Vault__KeyRing__Keys__k2"), Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)));
        await File.WriteAllTextAsync(Path.Combine(folder, "Vault__KeyRing__Active"), "k2");
        await using var vault = NpgsqlDataSource.Create(system.Setting("ConnectionStrings__vault-db"));
        await RunningSystem.UntilAsync(async () =>
        {
            await using var left = vault.CreateCommand("select count(*) from credentials where secret_fields_ring_key_id <> 'k2' and deleted_at is null");
            return (long)(await left.ExecuteScalarAsync())! == 0;
        });
    }

    // As docs/security.md says: told here before it is promoted there.
    private static async Task ChangeTwilioTokenAsync(RunningSystem system, HttpClient api)
    {
        var (sid, old) = (Secret("demo-account-sid"), Secret("demo-auth-token"));
        using var twilio = new HttpClient { BaseAddress = new(system.Run.GetProperty("emulator_url").GetString()!) };
        Authenticate(old);
        var token = (await PostAsync(twilio, "/v1/AuthTokens/Secondary", new { })).GetProperty("secondary_auth_token").GetString()!;
        var credential = (await api.GetFromJsonAsync<JsonElement>("/v1/credentials")).GetProperty("credentials").EnumerateArray()
            .Single(row => row.GetProperty("provider").GetString() == "twilio").GetProperty("id").GetString();
        await PostAsync(api, $"/v1/credentials/{credential}/rotate", new { fields = new { account_token = token } });
        var verified = await PostAsync(api, $"/v1/credentials/{credential}/verify", new { });
        Assert.Equal("connected", verified.GetProperty("status").GetString());

        Authenticate(token);
        await PostAsync(twilio, "/v1/AuthTokens/Promote", new { });
        Authenticate(old);
        Assert.Equal(HttpStatusCode.Unauthorized, (await twilio.GetAsync($"/2010-04-01/Accounts/{sid}.json")).StatusCode);

        string Secret(string name) => File.ReadAllText(Path.Combine(system.DataFolder, "secrets", name));
        void Authenticate(string with) => twilio.DefaultRequestHeaders.Authorization =
            new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{sid}:{with}")));
    }

    private static async Task<JsonElement> PostAsync(HttpClient client, string path, object body)
    {
        using var response = await client.PostAsJsonAsync(path, body);
        var answer = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, $"{path}: {answer}");
        return JsonDocument.Parse(answer).RootElement;
    }

    private static async Task<int> InProgressAsync(HttpClient api) =>
        (await api.GetFromJsonAsync<JsonElement>("/v1/calls?page_size=100")).GetProperty("calls").EnumerateArray()
            .Count(call => call.GetProperty("status").GetString() == "in-progress");
}
