using System.Globalization;
using System.Runtime.CompilerServices;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Text with holes: filled with values when the system runs, written as <c>{vault.bindings.http.url}</c> in the manifest.</summary>
public class ReferenceExpression : IExpressionValue, IValueWithReferences
{
    public static readonly ReferenceExpression Empty = new(string.Empty, []);

    private readonly IReadOnlyList<Hole> _holes;

    internal ReferenceExpression(string format, IReadOnlyList<Hole> holes)
    {
        Format = format;
        _holes = holes;
    }

    private ReferenceExpression(IValueProvider condition, string matchValue, ReferenceExpression whenTrue, ReferenceExpression whenFalse)
        : this(string.Empty, [.. whenTrue._holes, .. whenFalse._holes])
    {
        (Condition, MatchValue, WhenTrue, WhenFalse) = (condition, matchValue, whenTrue, whenFalse);
        Name = ConditionalName.Of(this);
    }

    internal sealed record Hole(IValueProvider Provider, string Expression, string? Format);

    public string Format { get; }

    public IReadOnlyList<IValueProvider> ValueProviders => [.. _holes.Select(hole => hole.Provider)];

    public IReadOnlyList<string> ManifestExpressions => IsConditional ? [] : [.. _holes.Select(hole => hole.Expression)];

    public IReadOnlyList<string?> StringFormats => IsConditional ? [] : [.. _holes.Select(hole => hole.Format)];

    public bool IsConditional => Condition is not null;

    public IValueProvider? Condition { get; }

    public string? MatchValue { get; }

    public ReferenceExpression? WhenTrue { get; }

    public ReferenceExpression? WhenFalse { get; }

    /// <summary>The manifest entry of a conditional expression.</summary>
    internal string? Name { get; }

    internal IReadOnlyList<Hole> Holes => _holes;

    public string ValueExpression => IsConditional
        ? $"{{{Name}.connectionString}}"
        : string.Format(CultureInfo.InvariantCulture, Format, [.. _holes.Select(hole => hole.Expression)]);

    IEnumerable<object> IValueWithReferences.References => IsConditional ? [Condition!, WhenTrue!, WhenFalse!] : ValueProviders;

    public static ReferenceExpression Create(in ExpressionInterpolatedStringHandler handler) => handler.Build();

    public static ReferenceExpression CreateConditional(
        IValueProvider condition, string matchValue, ReferenceExpression whenTrue, ReferenceExpression whenFalse)
        => new(condition, matchValue, whenTrue, whenFalse);

    public ValueTask<string?> GetValueAsync(CancellationToken cancellationToken) => GetValueAsync(new ValueProviderContext(), cancellationToken);

    public async ValueTask<string?> GetValueAsync(ValueProviderContext context, CancellationToken cancellationToken)
    {
        if (Condition is not null)
        {
            var actual = await Condition.GetValueAsync(context, cancellationToken);
            var branch = string.Equals(actual, MatchValue, StringComparison.OrdinalIgnoreCase) ? WhenTrue! : WhenFalse!;
            return await branch.GetValueAsync(context, cancellationToken);
        }

        if (Format.Length == 0) return null;

        var values = new object?[_holes.Count];
        for (var i = 0; i < values.Length; i++)
        {
            var value = await _holes[i].Provider.GetValueAsync(context, cancellationToken);
            values[i] = value is null ? null : Apply(_holes[i].Format, value);
        }

        return string.Format(CultureInfo.InvariantCulture, Format, values);
    }

    internal static string Apply(string? format, string value) => format switch
    {
        null => value,
        "uri" => Uri.EscapeDataString(value),
        _ => throw new FormatException($"'{format}' is not a format of an expression; the only one is 'uri'."),
    };

    [InterpolatedStringHandler]
    public ref struct ExpressionInterpolatedStringHandler(int literalLength, int formattedCount)
    {
        private readonly ReferenceExpressionBuilder _builder = new(literalLength, formattedCount);

        public readonly void AppendLiteral(string value) => _builder.AppendLiteral(value);

        public readonly void AppendFormatted(string? value) => _builder.AppendFormatted(value);

        public readonly void AppendFormatted(string? value, string? format = null) => _builder.AppendFormatted(value, format);

        public void AppendFormatted<T>(T valueProvider) where T : IValueProvider, IManifestExpressionProvider
            => _builder.AppendFormatted(valueProvider);

        public void AppendFormatted<T>(T valueProvider, string? format = null) where T : IValueProvider, IManifestExpressionProvider
            => _builder.AppendFormatted(valueProvider, format);

        public void AppendFormatted<T>(IResourceBuilder<T> valueProvider) where T : IResource, IValueProvider, IManifestExpressionProvider
            => _builder.AppendFormatted(valueProvider.Resource);

        public void AppendFormatted<T>(IResourceBuilder<T> valueProvider, string? format = null)
            where T : IResource, IValueProvider, IManifestExpressionProvider
            => _builder.AppendFormatted(valueProvider.Resource, format);

        internal readonly ReferenceExpression Build() => _builder.Build();
    }
}
