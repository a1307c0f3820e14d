using Grpc.Core;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using Rapida.ServiceDefaults.Problems;
using Rapida.Vault.Credentials;
using Rapida.Vault.V1;

namespace Rapida.Vault.Tests;

[Collection(nameof(RunningVault))]
public sealed class RevealTests(RunningVault vault)
{
    private const string Token = "revealed0token";
    private readonly V1.Credentials.CredentialsClient _gateway = new(vault.Service.CallAs("gateway"));
    private readonly V1.Credentials.CredentialsClient _calls = new(vault.Service.CallAs("calls"));
    private readonly V1.Credentials.CredentialsClient _relay = new(vault.Service.CallAs("media"));

    [Fact]
    public async Task CallControl_gets_the_secret_for_five_minutes_and_the_audit_says_so()
    {
        var credential = await StoredAsync();

        var revealed = await _calls.RevealCredentialAsync(Ask(credential));

        Assert.Equal(Token, Assert.Single(revealed.SecretFields, field => field.Key == "account_token").Value);
        Assert.Single(revealed.SecretFields);
        var lease = Assert.Single(await LeasesAsync(credential));
        Assert.Equal(revealed.LeaseId, lease.Id.ToString());
        Assert.Equal(("calls", "calls-7", "place-call"), (lease.Caller, lease.Instance, lease.Purpose));
        Assert.Equal(TimeSpan.FromMinutes(5), lease.ExpiresAt - lease.CreatedAt);
        Assert.Equal(lease.ExpiresAt, revealed.ExpiresAt.ToDateTimeOffset(), TimeSpan.FromMilliseconds(1));
        Assert.DoesNotContain(vault.Service.Logs.Lines, line => $"{line.Text} {line.Exception}".Contains(Token, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_credential_that_is_seeded_again_stays_as_it_is()
    {
        var (project, id) = ((await vault.NewTenantAsync("calls:read")).ProjectId, Guid.CreateVersion7());
        await using var db = vault.NewDbContext();
        var seed = new EnsureCredential(db, new(new(vault.Configuration())), TimeProvider.System);
        foreach (var token in new[] { "first", "second" })
        {
            var fields = new Dictionary<string, string> { ["account_sid"] = "AC0123456789abcdef0123456789abcdef", ["account_token"] = token };
            await seed.ExecuteAsync(id, CreateCredentialCommand.Parse(project, "twilio", "Seeded", fields).ValueOrThrow(), default);
        }

        var revealed = await _calls.RevealCredentialAsync(Ask(new() { ProjectId = project.ToString(), Id = id.ToString() }));

        Assert.Equal("first", revealed.SecretFields["account_token"]);
    }

    [Fact]
    public async Task A_relay_gets_what_its_grant_lists()
    {
        var credential = await StoredAsync();
        var request = Ask(credential);
        request.Grant = GrantBy("calls", credential);

        var revealed = await _relay.RevealCredentialAsync(request);

        Assert.Equal(Token, revealed.SecretFields["account_token"]);
    }

    [Fact]
    public async Task A_relay_without_a_good_grant_gets_nothing_and_leaves_no_line()
    {
        var credential = await StoredAsync();
        var project = Guid.Parse(credential.ProjectId);
        var ids = new[] { Guid.Parse(credential.Id) };
        var bad = new Dictionary<string, string>
        {
            [""] = "grant_missing",
            ["rubbish"] = "grant_missing",
            [GrantBy("media", credential)] = "grant_missing",
            [SignedGrant.By("calls", vault.Keys, project, ids, audience: "media")] = "grant_missing",
            [SignedGrant.By("calls", vault.Keys, project, ids, minutes: -1)] = "grant_missing",
            [SignedGrant.By("calls", vault.Keys, Guid.NewGuid(), ids)] = "not_granted",
            [SignedGrant.By("calls", vault.Keys, project, [Guid.NewGuid()])] = "not_granted",
            [SignedGrant.By("calls", vault.Keys, project, [])] = "not_granted",
        };

        foreach (var (grant, code) in bad)
        {
            var request = Ask(credential);
            request.Grant = grant;
            var refused = await Assert.ThrowsAsync<RpcException>(() => _relay.RevealCredentialAsync(request).ResponseAsync);
            Assert.Equal((StatusCode.PermissionDenied, code), (refused.StatusCode, CodeOf(refused)));
        }

        Assert.Empty(await LeasesAsync(credential));
    }

    [Fact]
    public async Task Nobody_and_those_who_need_no_secret_are_refused()
    {
        var credential = await StoredAsync();
        var nobody = new V1.Credentials.CredentialsClient(vault.Service.CallAsNobody());

        var unknown = await Assert.ThrowsAsync<RpcException>(() => nobody.RevealCredentialAsync(Ask(credential)).ResponseAsync);
        var gateway = await Assert.ThrowsAsync<RpcException>(() => _gateway.RevealCredentialAsync(Ask(credential)).ResponseAsync);

        Assert.Equal(StatusCode.Unauthenticated, unknown.StatusCode);
        Assert.Equal(StatusCode.PermissionDenied, gateway.StatusCode);
        Assert.Empty(await LeasesAsync(credential));
    }

    [Fact]
    public async Task Another_projects_credential_is_unknown()
    {
        var credential = await StoredAsync();
        var request = Ask(credential);
        request.ProjectId = (await vault.NewTenantAsync("calls:read")).ProjectId.ToString();

        var refused = await Assert.ThrowsAsync<RpcException>(() => _calls.RevealCredentialAsync(request).ResponseAsync);

        Assert.Equal((StatusCode.NotFound, "credential_unknown"), (refused.StatusCode, CodeOf(refused)));
    }

    [Fact]
    public async Task An_audit_line_without_a_purpose_or_an_instance_is_not_written()
    {
        var credential = await StoredAsync();
        var request = Ask(credential);
        request.Instance = "";

        var refused = await Assert.ThrowsAsync<RpcException>(() => _calls.RevealCredentialAsync(request).ResponseAsync);

        Assert.Equal((StatusCode.InvalidArgument, "purpose_missing"), (refused.StatusCode, CodeOf(refused)));
    }

    [Theory]
    [InlineData("secret_fields_wrapped_key, secret_fields_ciphertext")]
    [InlineData("secret_fields_wrapped_key")]
    [InlineData("secret_fields_ciphertext")]
    public async Task A_ciphertext_that_was_moved_from_another_row_stays_shut_and_is_reported_once(string columns)
    {
        vault.Service.Logs.Expect(9001);
        var (victim, thief) = (await StoredAsync(), await StoredAsync());
        await ExecuteAsync(
            $"update credentials set ({columns}) = row(" + string.Join(", ", columns.Split(", ").Select(column => $"victim.{column}")) +
            $") from credentials victim where victim.id = '{victim.Id}' and credentials.id = '{thief.Id}'");

        var refused = await Assert.ThrowsAsync<RpcException>(() => _calls.RevealCredentialAsync(Ask(thief)).ResponseAsync);

        Assert.Equal((StatusCode.Internal, "Something went wrong on our side."), (refused.StatusCode, refused.Status.Detail));
        Assert.Single(vault.Service.Logs.Lines, line =>
            line.Level == LogLevel.Error && $"{line.Exception}".Contains(thief.Id, StringComparison.Ordinal));
        Assert.Single(await LeasesAsync(thief));
    }

    [Fact]
    public async Task A_row_that_was_given_to_another_tenant_stays_shut()
    {
        vault.Service.Logs.Expect(9001);
        var credential = await StoredAsync();
        var thief = (await vault.NewTenantAsync("calls:read")).ProjectId;
        await ExecuteAsync($"update credentials set project_id = '{thief}' where id = '{credential.Id}'");
        credential.ProjectId = thief.ToString();

        var refused = await Assert.ThrowsAsync<RpcException>(() => _calls.RevealCredentialAsync(Ask(credential)).ResponseAsync);

        Assert.Equal(StatusCode.Internal, refused.StatusCode);
    }

    [Fact]
    public async Task Who_hangs_up_while_the_audit_line_is_written_does_not_take_it_back()
    {
        var credential = await StoredAsync();
        var command = RevealCredentialCommand.Parse(
            Guid.Parse(credential.ProjectId), Guid.Parse(credential.Id), "place-call", "calls-7", "calls", grant: null).ValueOrThrow();
        await using var scope = vault.Service.Services.CreateAsyncScope();
        var mark = vault.Commands.Count;
        using var caller = new CancellationTokenSource();
        Task revealing;
        await using (var connection = await vault.ConnectAsync())
        await using (var transaction = await connection.BeginTransactionAsync())
        {
            await using var hold = new NpgsqlCommand("lock table leases in share mode", connection, transaction);
            await hold.ExecuteNonQueryAsync();

            revealing = scope.ServiceProvider.GetRequiredService<RevealCredential>().ExecuteAsync(command, caller.Token);
            await vault.Commands.SeenAsync(mark, "begins INSERT INTO leases");
            await caller.CancelAsync();
        }

        await revealing;
        Assert.Single(await LeasesAsync(credential));
    }

    private static RevealCredentialRequest Ask(V1.Credential credential) => new()
    {
        ProjectId = credential.ProjectId,
        Id = credential.Id,
        Purpose = "place-call",
        Instance = "calls-7",
    };

    private static string? CodeOf(RpcException exception) => exception.Trailers.GetValue(ProblemAnswers.CodeTrailer);

    private string GrantBy(string issuer, V1.Credential credential) =>
        SignedGrant.By(issuer, vault.Keys, Guid.Parse(credential.ProjectId), [Guid.NewGuid(), Guid.Parse(credential.Id)]);

    private async Task<V1.Credential> StoredAsync()
    {
        var tenant = await vault.NewTenantAsync("calls:read");
        return await _gateway.CreateCredentialAsync(new()
        {
            ProjectId = tenant.ProjectId.ToString(),
            Provider = "twilio",
            Name = "Production Twilio",
            Fields = { ["account_sid"] = "AC0123456789abcdef0123456789abcdef", ["account_token"] = Token },
        });
    }

    private async Task<List<Lease>> LeasesAsync(V1.Credential credential)
    {
        await using var db = vault.NewDbContext();
        return await db.Leases.Where(lease => lease.CredentialId == Guid.Parse(credential.Id)).ToListAsync();
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = await vault.ConnectAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
