using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace Aspire.Hosting.ApplicationModel;

public class ReferenceExpressionBuilder
{
    private readonly StringBuilder _format;
    private readonly List<ReferenceExpression.Hole> _holes;

    public ReferenceExpressionBuilder() : this(literalLength: 0, formattedCount: 0)
    {
    }

    internal ReferenceExpressionBuilder(int literalLength, int formattedCount)
        => (_format, _holes) = (new StringBuilder(literalLength), new List<ReferenceExpression.Hole>(formattedCount));

    public bool IsEmpty => _format.Length == 0;

    public void Append([InterpolatedStringHandlerArgument("")] in ReferenceExpressionBuilderInterpolatedStringHandler handler)
    {
        // The handler has written into this builder already.
    }

    public void AppendLiteral(string value) => _format.Append(Escape(value));

    public void AppendFormatted(string? value) => AppendFormatted(value, format: null);

    public void AppendFormatted(string? value, string? format = null)
    {
        if (value is not null) _format.Append(Escape(ReferenceExpression.Apply(format, value)));
    }

    public void AppendFormatted<T>(T valueProvider) where T : IValueProvider, IManifestExpressionProvider
        => AppendFormatted(valueProvider, format: null);

    public void AppendFormatted<T>(T valueProvider, string? format) where T : IValueProvider, IManifestExpressionProvider
    {
        if (valueProvider is ReferenceExpression { IsConditional: false } inner && format is null)
        {
            Splice(inner);
            return;
        }

        Add(valueProvider, format is null ? valueProvider.ValueExpression : FormattedExpression(valueProvider.ValueExpression, format), format);
    }

    public void AppendValueProvider(object valueProvider, string? format = null)
    {
        if (valueProvider is not IValueProvider value || valueProvider is not IManifestExpressionProvider manifest)
            throw new ArgumentException($"{valueProvider.GetType().Name} gives no value.", nameof(valueProvider));
        Add(value, format is null ? manifest.ValueExpression : FormattedExpression(manifest.ValueExpression, format), format);
    }

    public ReferenceExpression Build() => new(_format.ToString(), [.. _holes]);

    private void Splice(ReferenceExpression inner)
    {
        // The holes of the inner expression are numbered from zero; here they follow ours.
        var numbers = Enumerable.Range(_holes.Count, inner.Holes.Count).Select(number => (object)$"{{{number}}}").ToArray();
        _format.Append(string.Format(CultureInfo.InvariantCulture, DoubleEscaped(inner.Format), numbers));
        _holes.AddRange(inner.Holes);
    }

    private void Add(IValueProvider provider, string expression, string? format)
    {
        _format.Append(CultureInfo.InvariantCulture, $"{{{_holes.Count}}}");
        _holes.Add(new ReferenceExpression.Hole(provider, expression, format));
    }

    // {mq-password.value} with "uri" → {mq-password-uri-encoded.value}: a manifest has a separate entry for the encoded text.
    private static string FormattedExpression(string expression, string format)
        => format == "uri" && expression.StartsWith('{') && expression.EndsWith(".value}", StringComparison.Ordinal)
            ? $"{expression[..^".value}".Length]}-uri-encoded.value}}"
            : throw new FormatException($"{expression} cannot be written to a manifest in the format '{format}'.");

    private static string Escape(string text) => text.Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal);

    private static string DoubleEscaped(string format)
        => format.Replace("{{", "{{{{", StringComparison.Ordinal).Replace("}}", "}}}}", StringComparison.Ordinal);

    [InterpolatedStringHandler]
    public ref struct ReferenceExpressionBuilderInterpolatedStringHandler
    {
        private readonly ReferenceExpressionBuilder _builder;

        public ReferenceExpressionBuilderInterpolatedStringHandler(int literalLength, int formattedCount, ReferenceExpressionBuilder builder)
            => _builder = builder;

        public readonly void AppendLiteral(string value) => _builder.AppendLiteral(value);

        public readonly void AppendFormatted(string? value) => _builder.AppendFormatted(value);

        public void AppendFormatted(string? value, string format) => _builder.AppendFormatted(value, format);

        public void AppendFormatted<T>(T valueProvider) where T : IValueProvider, IManifestExpressionProvider => _builder.AppendFormatted(valueProvider);

        public void AppendFormatted<T>(T valueProvider, string? format) where T : IValueProvider, IManifestExpressionProvider
            => _builder.AppendFormatted(valueProvider, format);

        public void AppendFormatted<T>(IResourceBuilder<T> valueProvider) where T : IResource, IValueProvider, IManifestExpressionProvider
            => _builder.AppendFormatted(valueProvider.Resource);

        public void AppendFormatted<T>(IResourceBuilder<T> valueProvider, string? format)
            where T : IResource, IValueProvider, IManifestExpressionProvider
            => _builder.AppendFormatted(valueProvider.Resource, format);
    }
}
