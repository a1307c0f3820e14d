namespace Rapida.Gateway.Rates;

/// <summary>One of the things that a request is counted under.</summary>
/// <param name="Name">What it is, for the caller: <c>key</c> or <c>address</c>.</param>
/// <param name="Id">Which one, for Redis: a digest of the key, never the key.</param>
/// <param name="Rate">How often it may ask.</param>
internal sealed record Counted(string Name, string Id, Rate Rate);

/// <summary>What counting came to.</summary>
/// <param name="Left">How many more each may ask at once, in the order asked for.</param>
/// <param name="Refused">The one that has asked too often; null when the request may pass.</param>
/// <param name="Wait">After how long it may ask again.</param>
internal sealed record Verdict(IReadOnlyList<long> Left, Counted? Refused = null, TimeSpan Wait = default);
