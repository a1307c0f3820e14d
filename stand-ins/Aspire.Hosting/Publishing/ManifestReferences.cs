using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Publishing;

/// <summary>Collects what the written values refer to and the model does not list: made-up passwords, their encoded forms, conditional texts.</summary>
internal sealed class ManifestReferences(DistributedApplicationModel model)
{
    private readonly Queue<ParameterResource> _parameters = [];
    private readonly HashSet<object> _seen = [.. model.Resources];
    private readonly Dictionary<string, ParameterResource> _encoded = [];
    private readonly HashSet<string> _written = [];
    private readonly Dictionary<string, ReferenceExpression> _conditionals = [];

    public IEnumerable<ReferenceExpression> Conditionals => _conditionals.Values;

    public string Expression(IManifestExpressionProvider value)
    {
        Visit(value);
        return value.ValueExpression;
    }

    public ParameterResource? TakeParameter() => _parameters.TryDequeue(out var parameter) ? parameter : null;

    /// <summary>The encoded forms of a parameter, or of all, that have not been taken yet.</summary>
    public List<KeyValuePair<string, ParameterResource>> TakeEncoded(ParameterResource? of)
        => [.. _encoded.Where(entry => (of is null || entry.Value == of) && _written.Add(entry.Key))];

    private void Visit(object value)
    {
        if (value is ParameterResource parameter && _seen.Add(parameter)) _parameters.Enqueue(parameter);
        if (value is not ReferenceExpression expression)
        {
            return;
        }

        if (expression.IsConditional) _conditionals.TryAdd(expression.Name!, expression);
        foreach (var hole in expression.Holes)
        {
            if (hole is { Format: "uri", Provider: ParameterResource encoded }) _encoded.TryAdd(hole.Expression[1..^".value}".Length], encoded);
            Visit(hole.Provider);
        }
    }
}
