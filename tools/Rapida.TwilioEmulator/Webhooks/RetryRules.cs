using System.Globalization;

namespace Rapida.TwilioEmulator.Webhooks;

/// <summary>Why an attempt at a webhook failed, in the words of the retry policy.</summary>
[Flags]
internal enum FailureKind
{
    None = 0,
    Connect = 1,
    Read = 2,
    ClientError = 4,
    ServerError = 8,
    Any = Connect | Read | ClientError | ServerError,
}

/// <summary>The connection overrides in a webhook's fragment: <c>#rc=3&amp;rp=5xx,ct,rt&amp;rt=4000</c>.</summary>
internal sealed record RetryRules(TimeSpan Connect, TimeSpan Read, TimeSpan Total, int Retries, FailureKind On)
{
    public static readonly RetryRules Default = new(Milliseconds(5_000), Milliseconds(15_000), Milliseconds(15_000), 1, FailureKind.Connect);

    /// <summary>A value out of its range leaves the default, and is reported as <paramref name="invalid"/> (11243).</summary>
    public static RetryRules Parse(string? fragment, out bool invalid)
    {
        invalid = false;
        var rules = Default;
        foreach (var pair in (fragment ?? "").Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            if (rules.With(pair) is { } changed)
                rules = changed;
            else
                invalid = true;
        }
        return rules;
    }

    private RetryRules? With(string pair) => pair.Split('=', 2) switch
    {
        ["ct", var ms] => Number(ms, 10_000) is { } value ? this with { Connect = Milliseconds(value) } : null,
        ["rt", var ms] => Number(ms, 15_000) is { } value ? this with { Read = Milliseconds(value) } : null,
        ["tt", var ms] => Number(ms, 15_000) is { } value ? this with { Total = Milliseconds(value) } : null,
        ["rc", var count] => Number(count, 5) is { } value ? this with { Retries = value } : null,
        ["rp", var kinds] => Kinds(kinds) is { } value ? this with { On = value } : null,
        // Egress edge and SNI mean nothing on one machine.
        ["e" or "sni", _] => this,
        _ => null,
    };

    private static FailureKind? Kinds(string list)
    {
        var kinds = FailureKind.None;
        foreach (var name in list.Split(','))
        {
            var kind = name switch
            {
                "ct" => FailureKind.Connect,
                "rt" => FailureKind.Read,
                "4xx" => FailureKind.ClientError,
                "5xx" => FailureKind.ServerError,
                "all" => FailureKind.Any,
                _ => FailureKind.None,
            };
            if (kind == FailureKind.None)
                return null;
            kinds |= kind;
        }
        return kinds;
    }

    private static int? Number(string text, int max) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value <= max ? value : null;

    private static TimeSpan Milliseconds(int value) => TimeSpan.FromMilliseconds(value);
}
