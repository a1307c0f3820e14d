using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;

namespace StandIns.Tests.Aspire;

/// <summary>Members as the surface file writes them, without what reflection cannot tell: whether a reference may be null.</summary>
internal static partial class SignatureText
{
    private const BindingFlags Everything =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.FlattenHierarchy;

    /// <summary>The same form for a line of the file: no question mark after a reference type, constraints in a fixed order.</summary>
    public static string Normalize(string line)
    {
        var text = ReferenceMark().Replace(line, "");
        var clauses = text.Split(" where ");
        return string.Join(" where ", clauses.Skip(1).Select(SortConstraints).Prepend(clauses[0].Replace("virtual ", "", StringComparison.Ordinal)));
    }

    public static IEnumerable<string> Of(Type type)
    {
        if (type.IsEnum)
        {
            yield return string.Join(", ", Enum.GetNames(type).Select(name => $"{name}={Convert.ToInt32(Enum.Parse(type, name), CultureInfo.InvariantCulture)}"));
            yield break;
        }

        foreach (var owner in type.GetInterfaces().Prepend(type))
        {
            foreach (var property in owner.GetProperties(Everything).Where(property => property.GetMethod is { IsPublic: true })) yield return Of(property);
            foreach (var field in owner.GetFields(Everything).Where(field => field.IsPublic)) yield return $"{(field.IsStatic ? "static " : "")}{Name(field.FieldType)} {field.Name}";
            foreach (var method in owner.GetMethods(Everything).Where(method => method.IsPublic)) yield return Of(method);
        }

        foreach (var constructor in type.GetConstructors()) yield return $"{type.Name}({Parameters(constructor)})";
    }

    public static string Name(Type type)
    {
        if (type.IsByRef) return "ref " + Name(type.GetElementType()!);
        if (type.IsArray) return Name(type.GetElementType()!) + "[]";
        if (Nullable.GetUnderlyingType(type) is { } inner) return Name(inner) + "?";
        if (type.IsGenericParameter) return type.Name;
        var name = type.Name.Split('`')[0];
        if (type.IsNested) name = $"{type.DeclaringType!.Name}.{name}";
        var arguments = type.GetGenericArguments();
        return arguments.Length > 0 ? $"{name}<{string.Join(", ", arguments.Select(Name))}>" : Keyword(type) ?? name;
    }

    private static string Of(PropertyInfo property)
    {
        var isStatic = property.GetMethod!.IsStatic ? "static " : "";
        var set = property.SetMethod is { IsPublic: true } ? "set; " : "";
        return $"{isStatic}{Name(property.PropertyType)} {property.Name} {{ get; {set}}}";
    }

    private static string Of(MethodInfo method)
    {
        var generic = method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(Name))}>" : "";
        var clauses = method.IsGenericMethod
            ? method.GetGenericArguments().Select(Constraints).Where(text => text.Length > 0).Select(text => " where " + text)
            : [];
        var extension = method.IsDefined(typeof(System.Runtime.CompilerServices.ExtensionAttribute)) ? "this " : "";
        return $"{(method.IsStatic ? "static " : "")}{Name(method.ReturnType)} {method.Name}{generic}({extension}{Parameters(method)}){string.Concat(clauses)}";
    }

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(parameter =>
    {
        var modifier = parameter.IsDefined(typeof(ParamArrayAttribute)) ? "params " : "";
        return $"{modifier}{Name(parameter.ParameterType)} {parameter.Name}{(parameter.HasDefaultValue ? " = " + Default(parameter) : "")}";
    }));

    private static string Default(ParameterInfo parameter) => parameter.DefaultValue switch
    {
        null => parameter.ParameterType.IsValueType && Nullable.GetUnderlyingType(parameter.ParameterType) is null ? "default" : "null",
        bool value => value ? "true" : "false",
        _ when parameter.ParameterType.IsEnum => Enum.GetName(parameter.ParameterType, parameter.DefaultValue)!,
        var value => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private static string Constraints(Type parameter)
    {
        var constraints = parameter.GetGenericParameterConstraints().Select(Name).ToList();
        // An interface constraint stands for those that it implies; the file lists what was written, and so does this.
        if (parameter.GenericParameterAttributes.HasFlag(GenericParameterAttributes.DefaultConstructorConstraint)) constraints.Add("new()");
        return constraints.Count == 0 ? "" : SortConstraints($"{parameter.Name} : {string.Join(", ", constraints)}");
    }

    private static string SortConstraints(string clause)
    {
        var parts = clause.Split(" : ");
        return $"{parts[0]} : {string.Join(", ", parts[1].Split(", ").Order(StringComparer.Ordinal))}";
    }

    private static string? Keyword(Type type) => Type.GetTypeCode(type) switch
    {
        _ when type == typeof(void) => "void",
        _ when type == typeof(object) => "object",
        _ when type.IsEnum => null,
        TypeCode.String => "string",
        TypeCode.Boolean => "bool",
        TypeCode.Int32 => "int",
        TypeCode.Int64 => "long",
        _ => null,
    };

    [GeneratedRegex(@"(?<!\b(int|long|bool|TimeSpan|ProtocolType|IconVariant|WaitBehavior))\?")]
    private static partial Regex ReferenceMark();
}
