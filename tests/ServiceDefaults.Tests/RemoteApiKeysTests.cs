using System.Collections.Concurrent;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Rapida.ServiceDefaults.Access;
using Rapida.Testing;
using Rapida.Vault.V1;

namespace ServiceDefaults.Tests;

public sealed class RemoteApiKeysTests : IAsyncLifetime
{
    private const string Key = "rpd-known";
    private readonly ManualTimeProvider _clock = new();
    private readonly KnownKeys _known = new();
    private RunningService _vault = null!;
    private RemoteApiKeys _keys = null!;

    public async Task InitializeAsync()
    {
        _vault = await RunningService.StartAsync(app => app.MapGrpcService<FakeVault>(), services => services.AddSingleton(_known));
        _keys = new(new ApiKeys.ApiKeysClient(_vault.CallAs("calls")), _clock);
    }

    public async Task DisposeAsync() => await _vault.DisposeAsync();

    [Fact]
    public async Task A_holder_is_remembered_for_thirty_seconds()
    {
        _known.Add(Key, "calls:read", "calls:write");

        var holder = await AskAsync();
        _clock.Advance(TimeSpan.FromSeconds(29.9));
        Assert.Same(holder, await AskAsync());
        Assert.Equal(1, _known.Questions);

        _clock.Advance(TimeSpan.FromSeconds(0.1));
        Assert.Equivalent(holder, await AskAsync());
        Assert.Equal(2, _known.Questions);
        Assert.True(holder!.Scopes.SetEquals(["calls:read", "calls:write"]));
    }

    [Fact]
    public async Task A_refusal_is_remembered_for_five_seconds()
    {
        Assert.Null(await AskAsync());
        _known.Add(Key);
        _clock.Advance(TimeSpan.FromSeconds(4.9));
        Assert.Null(await AskAsync());
        Assert.Equal(1, _known.Questions);

        _clock.Advance(TimeSpan.FromSeconds(0.1));
        Assert.NotNull(await AskAsync());
    }

    [Fact]
    public async Task A_key_that_expires_earlier_is_remembered_until_then()
    {
        _known.Add(Key).ExpiresAt = (_clock.GetUtcNow() + TimeSpan.FromSeconds(10)).ToTimestamp();
        Assert.NotNull(await AskAsync());

        _known.Remove(Key);
        _clock.Advance(TimeSpan.FromSeconds(10));

        Assert.Null(await AskAsync());
    }

    [Fact]
    public async Task A_revoked_key_is_forgotten_at_once_and_no_other()
    {
        const string Other = "rpd-other";
        _known.Add(Key);
        _known.Add(Other);
        var (holder, other) = (await AskAsync(), await AskAsync(Other));

        _known.Remove(Key);
        _keys.Forget(holder!.ApiKeyId);

        Assert.Null(await AskAsync());
        Assert.Same(other, await AskAsync(Other));
    }

    [Fact]
    public async Task An_answer_that_a_revocation_overtook_is_not_remembered()
    {
        var holder = Guid.Parse(_known.Add(Key).ApiKeyId);
        var answer = _known.HoldAnswers();
        var asking = AskAsync();
        await answer.Asked.Task;

        _known.Remove(Key);
        _keys.Forget(holder);
        answer.MayGo.SetResult();
        await asking;

        Assert.Null(await AskAsync());
    }

    private Task<ApiKeyHolder?> AskAsync(string key = Key) => _keys.AuthenticateAsync(key, CancellationToken.None).AsTask();

    private sealed class KnownKeys
    {
        private readonly ConcurrentDictionary<string, AuthenticateResponse> _answers = new();
        private Held? _held;
        private int _questions;

        public int Questions => _questions;

        public AuthenticateResponse Add(string key, params string[] scopes) => _answers[key] = new()
        {
            Known = true,
            ProjectId = $"{Guid.CreateVersion7()}",
            ApiKeyId = $"{Guid.CreateVersion7()}",
            Scopes = { scopes },
        };

        public void Remove(string key) => _answers.TryRemove(key, out _);

        /// <summary>The next answer is ready, but still on its way.</summary>
        public Held HoldAnswers() => _held = new();

        public async Task<AuthenticateResponse> AnswerAsync(string key)
        {
            Interlocked.Increment(ref _questions);
            var answer = _answers.GetValueOrDefault(key, new());
            if (Interlocked.Exchange(ref _held, null) is { } held)
            {
                held.Asked.SetResult();
                await held.MayGo.Task;
            }

            return answer;
        }
    }

    private sealed class Held
    {
        public TaskCompletionSource Asked { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource MayGo { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    [Callers("calls")]
    private sealed class FakeVault(KnownKeys known) : ApiKeys.ApiKeysBase
    {
        public override Task<AuthenticateResponse> Authenticate(AuthenticateRequest request, ServerCallContext context) =>
            known.AnswerAsync(request.Key);
    }
}
