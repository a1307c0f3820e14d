using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Rapida.Gateway.Rates;

/// <summary>
/// How often a key and an address may ask, over all gateways together. More is refused with 429. Webhooks have limits of their own, so that a client
/// of the API in a loop loses no call.
/// </summary>
internal sealed class RatesOptions
{
    public const string Section = "Gateway:Rates";

    [ValidateObjectMembers]
    public Rate ApiKey { get; } = new() { PerSecond = 20, Burst = 100 };

    /// <summary>An IPv6 address counts as its /64: whoever has one has them all.</summary>
    [ValidateObjectMembers]
    public Rate ApiAddress { get; } = new() { PerSecond = 50, Burst = 200 };

    [ValidateObjectMembers]
    public Rate WebhookKey { get; } = new() { PerSecond = 200, Burst = 1_000 };

    [ValidateObjectMembers]
    public Rate WebhookAddress { get; } = new() { PerSecond = 200, Burst = 1_000 };

    /// <summary>How long Redis may take. Then the request is let in, and this process counts for itself.</summary>
    [Range(typeof(TimeSpan), "00:00:00.005", "00:00:05")]
    public TimeSpan RedisWithin { get; set; } = TimeSpan.FromMilliseconds(50);

    /// <summary>How long Redis is left alone after that. Then one request asks it for all.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:01:00")]
    public TimeSpan AskAgainAfter { get; set; } = TimeSpan.FromSeconds(1);
}

/// <summary>So many a second, and so many at once after a pause.</summary>
internal sealed class Rate
{
    [Range(0.001, 1_000_000)]
    public double PerSecond { get; set; }

    [Range(1, 1_000_000)]
    public int Burst { get; set; }

    /// <summary>What each request takes of the burst.</summary>
    public TimeSpan Interval => TimeSpan.FromSeconds(1 / PerSecond);
}

[OptionsValidator]
internal sealed partial class RatesOptionsValidator : IValidateOptions<RatesOptions>;
