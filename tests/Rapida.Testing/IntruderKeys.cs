namespace Rapida.Testing;

/// <summary>Keys with which somebody tries to get in.</summary>
/// <param name="Revoked">It was good once.</param>
/// <param name="Without">Of the owner, and allowed to do all but this.</param>
/// <param name="Foreign">Of another project, and allowed to do everything there.</param>
public sealed record IntruderKeys(string Revoked, Func<string, string> Without, string Foreign);
