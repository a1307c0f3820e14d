using System.Collections.Frozen;
using System.Reflection;
using System.Text.Json;
using MassTransit;
using Rapida.Contracts.Events;

namespace Rapida.Events;

/// <summary>Every event of the system by the URN that is pinned on it.</summary>
internal static class EventCatalogue
{
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private static readonly FrozenDictionary<string, Type> Types = typeof(IBusinessEvent).Assembly.GetTypes()
        .Where(type => type.IsClass && type.IsAssignableTo(typeof(IBusinessEvent)))
        .ToFrozenDictionary(UrnOf, StringComparer.Ordinal);

    /// <summary>Every URN that this version knows.</summary>
    public static readonly string[] KnownUrns = [.. Types.Keys];

    /// <summary>The pinned URN without <c>urn:message:</c>.</summary>
    public static string UrnOf(Type type) => type.GetCustomAttribute<MessageUrnAttribute>()?.Urn.ToString() is { } urn
        ? urn.Replace("urn:message:", "", StringComparison.Ordinal)
        : throw new InvalidOperationException($"{type.Name} has no [MessageUrn]: a name on the wire must not follow a namespace.");

    /// <summary>The type behind a URN; null for one that this version does not know.</summary>
    public static Type? TypeOf(string urn) => Types.GetValueOrDefault(urn);
}
