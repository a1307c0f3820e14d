using System.Security.Cryptography;

namespace Aspire.Hosting.ApplicationModel;

public class ParameterResource(string name, Func<ParameterDefault?, string> callback, bool secret = false) : Resource(name), IExpressionValue
{
    private readonly Lock _gate = new();
    private string? _value;

    public ParameterDefault? Default { get; set; }

    public string? Description { get; set; }

    public bool Secret { get; } = secret;

    public bool IsConnectionString { get; set; }

    public string ValueExpression => IsConnectionString ? $"{{{Name}.connectionString}}" : $"{{{Name}.value}}";

    public ValueTask<string?> GetValueAsync(CancellationToken cancellationToken)
    {
        // Asked once: a generated password is the same for all who use it.
        lock (_gate) return ValueTask.FromResult<string?>(_value ??= callback(Default));
    }

    public ValueTask<string?> GetValueAsync(ValueProviderContext _, CancellationToken cancellationToken) => GetValueAsync(cancellationToken);
}

public abstract class ParameterDefault
{
    public abstract string GetDefaultValue();
}

internal sealed class ConstantParameterDefault(Func<string> valueGetter) : ParameterDefault
{
    public override string GetDefaultValue() => valueGetter();
}

public sealed class GenerateParameterDefault : ParameterDefault
{
    private const string Lowers = "abcdefghjkmnpqrstuvwxyz", Uppers = "ABCDEFGHJKMNPQRSTUVWXYZ", Digits = "0123456789", Signs = "-_.{}~()*+!";

    public int MinLength { get; set; }

    public bool Lower { get; set; } = true;

    public bool Upper { get; set; } = true;

    public bool Numeric { get; set; } = true;

    public bool Special { get; set; } = true;

    public int MinLower { get; set; }

    public int MinUpper { get; set; }

    public int MinNumeric { get; set; }

    public int MinSpecial { get; set; }

    public override string GetDefaultValue()
    {
        var alphabet = (Lower ? Lowers : "") + (Upper ? Uppers : "") + (Numeric ? Digits : "") + (Special ? Signs : "");
        var required = Pick(Lowers, MinLower) + Pick(Uppers, MinUpper) + Pick(Digits, MinNumeric) + Pick(Signs, MinSpecial);
        var letters = (required + Pick(alphabet, Math.Max(0, MinLength - required.Length))).ToCharArray();
        RandomNumberGenerator.Shuffle(letters.AsSpan());
        return new string(letters);
    }

    private static string Pick(string alphabet, int count) => count == 0 ? "" : RandomNumberGenerator.GetString(alphabet, count);
}
