using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Rapida.ServiceDefaults.Privacy;

/// <summary>A secret text that does not print itself. Its only way out is <see cref="Reveal"/>: searching for that word is the audit.</summary>
[DebuggerDisplay("***")]
public sealed class Secret(string value) : IEquatable<Secret>
{
    /// <summary>The clear text. Never log it, never put it in an exception, a span or an event.</summary>
    public string Reveal() => value;

    /// <summary>Whether both hold the same text, compared in constant time.</summary>
    public bool Equals([NotNullWhen(true)] Secret? other) =>
        other is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(value), Encoding.UTF8.GetBytes(other.Reveal()));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Secret);

    /// <summary>Always the same: a hash of the text would tell something about it.</summary>
    public override int GetHashCode() => 0;

    /// <summary>Three stars.</summary>
    public override string ToString() => "***";
}
