using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using Rapida.ServiceDefaults.Access;

namespace Rapida.Call.Load;

/// <summary>
/// Ten tenants place 300 calls a second for half a minute while none is dialled, and then 100 calls a second come in. Requests are sent at
/// their times whether or not the ones before are answered, and each is measured from its time: a queue that builds up is seen.
/// </summary>
internal static class LoadTest
{
    private const int Tenants = 10;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Measured = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Most = TimeSpan.FromMilliseconds(50);

    public static async Task<int> RunAsync(string checkout, string folder, CancellationToken cancellationToken)
    {
        string[] keys = [.. Enumerable.Range(0, Tenants).Select(_ => ApiKeyText.Generate().Reveal())];
        await using var system = await RunningSystem.StartAsync(checkout, folder, Settings(keys), cancellationToken);
        using var handler = new SocketsHttpHandler();
        var tenants = new LoadTenant[Tenants];
        for (var i = 0; i < Tenants; i++)
            tenants[i] = await LoadTenant.MakeAsync(system.Run.GatewayUrl, keys[i], handler, cancellationToken);

        Console.WriteLine($"{"",-34} {"sent",6} {"well",6} {"p50",8} {"p90",8} {"p99",8} {"worst",8}");
        var number = 0;
        var placed = await MeasureAsync("POST /v1/calls, 300 a second", 300, HttpStatusCode.Accepted, tenants, tenant => tenant.NewCall(Interlocked.Increment(ref number)), cancellationToken);
        var lost = 0;
        foreach (var tenant in tenants)
            lost += await tenant.CountLostAsync(cancellationToken);
        Console.WriteLine($"answered 202 and not there afterwards: {lost}");
        var rung = await MeasureAsync("voice webhook to TwiML, 100 a second", 100, HttpStatusCode.OK, tenants, tenant => tenant.NewWebhook(), cancellationToken);
        return lost == 0 && placed.IsWell && rung.IsWell ? 0 : 1;
    }

    private static Dictionary<string, string> Settings(string[] keys)
    {
        var settings = new Dictionary<string, string>
        {
            // As it is deployed, not as it is debugged.
            ["Configuration"] = "Release",
            ["Calls__Outbound__IsPaused"] = "true",
            ["Calls__Outbound__QueueLength"] = "1000000",
            ["Calls__Capacity__Default__ConcurrentCalls"] = "1000000",
            ["Calls__Capacity__Default__CallsPerSecond"] = "1000",
            ["Calls__Capacity__Default__Burst"] = "1000",
            ["Gateway__Rates__ApiKey__PerSecond"] = "1000",
            ["Gateway__Rates__ApiKey__Burst"] = "1000",
            ["Gateway__Rates__ApiAddress__PerSecond"] = "1000",
            ["Gateway__Rates__ApiAddress__Burst"] = "1000",
        };
        for (var i = 0; i < keys.Length; i++)
        {
            settings[$"Tenants__{i}__Name"] = $"Load {i}";
            settings[$"Tenants__{i}__ProjectId"] = Guid.NewGuid().ToString();
            settings[$"Tenants__{i}__ApiKey"] = keys[i];
            // The demo's account is the first.
            settings[$"Emulator__Accounts__{i + 1}__Sid"] = LoadTenant.SidOf(keys[i]);
            settings[$"Emulator__Accounts__{i + 1}__AuthToken"] = LoadTenant.TokenOf(keys[i]);
            settings[$"Emulator__Accounts__{i + 1}__OwnedNumbers__0"] = LoadTenant.PhoneNumber;
        }

        return settings;
    }

    private static async Task<Outcome> MeasureAsync(
        string name, int perSecond, HttpStatusCode expected, LoadTenant[] tenants, Func<LoadTenant, HttpRequestMessage> request, CancellationToken cancellationToken)
    {
        // Until the compiler of the second tier is through: a service that has just begun has its processor to share with it.
        await SendAsync(perSecond, WarmUp, expected, tenants, request, cancellationToken);
        var outcome = await SendAsync(perSecond, Measured, expected, tenants, request, cancellationToken);
        string At(double share) => string.Create(CultureInfo.InvariantCulture, $"{outcome.At(share).TotalMilliseconds:F1} ms");
        Console.WriteLine($"{name,-34} {outcome.Took.Count,6} {outcome.Well,6} {At(0.5),8} {At(0.9),8} {At(0.99),8} {At(1),8}");
        return outcome;
    }

    private static async Task<Outcome> SendAsync(
        int perSecond, TimeSpan time, HttpStatusCode expected, LoadTenant[] tenants, Func<LoadTenant, HttpRequestMessage> request, CancellationToken cancellationToken)
    {
        var (took, well, sending) = (new ConcurrentBag<TimeSpan>(), 0, new List<Task>());
        var clock = Stopwatch.StartNew();
        for (var i = 0; i < time.TotalSeconds * perSecond; i++)
        {
            var due = TimeSpan.FromSeconds((double)i / perSecond);
            if (due > clock.Elapsed)
                await Task.Delay(due - clock.Elapsed, cancellationToken);
            sending.Add(SendOneAsync(tenants[i % tenants.Length], due));
        }

        await Task.WhenAll(sending);
        return new([.. took.Order()], well);

        async Task SendOneAsync(LoadTenant tenant, TimeSpan due)
        {
            using var message = request(tenant);
            using var answer = await tenant.Api.SendAsync(message, cancellationToken);
            var body = await answer.Content.ReadAsByteArrayAsync(cancellationToken);
            took.Add(clock.Elapsed - due);
            if (answer.StatusCode == HttpStatusCode.Accepted)
                tenant.Accepted.Add(body);
            if (answer.StatusCode == expected)
                Interlocked.Increment(ref well);
        }
    }

    private sealed record Outcome(List<TimeSpan> Took, int Well)
    {
        public bool IsWell => Well == Took.Count && At(0.99) <= Most;

        public TimeSpan At(double share) => Took[Math.Min(Took.Count - 1, (int)(Took.Count * share))];
    }
}
