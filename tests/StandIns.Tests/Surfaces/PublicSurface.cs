using System.Reflection;
using System.Runtime.CompilerServices;

namespace StandIns.Tests.Surfaces;

/// <summary>Writes the public members of a type as the files in this folder do, one line each.</summary>
internal sealed class PublicSurface
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(void)] = "void",
        [typeof(string)] = "string",
        [typeof(object)] = "object",
        [typeof(bool)] = "bool",
        [typeof(int)] = "int",
        [typeof(long)] = "long",
        [typeof(byte)] = "byte",
        [typeof(double)] = "double",
    };

    private readonly NullabilityInfoContext _nullability = new();

    /// <summary><c>sealed class</c>, <c>static class</c>, <c>interface</c> and so on.</summary>
    public static string KindOf(Type type) => type switch
    {
        { IsInterface: true } => "interface",
        { IsEnum: true } => "enum",
        { IsValueType: true } => "struct",
        { IsAbstract: true, IsSealed: true } => "static class",
        { IsAbstract: true } => "abstract class",
        { IsSealed: true } => "sealed class",
        _ => "class",
    };

    /// <summary>The base class and all interfaces.</summary>
    public static IEnumerable<string> BasesOf(Type type) =>
        type.GetInterfaces().Append(type.BaseType ?? typeof(object)).Select(NameOf);

    public IEnumerable<string> MembersOf(Type type) =>
    [
        .. type.GetConstructors(Declared).Where(constructor => !constructor.IsStatic).Select(Line),
        .. type.GetFields(Declared).Select(Line),
        .. type.GetProperties(Declared).Select(Line),
        .. type.GetMethods(Declared).Select(Line),
    ];

    private string Line(ConstructorInfo constructor) =>
        $"{constructor.DeclaringType!.Name.Split('`')[0]}({Parameters(constructor)})";

    private static string Line(FieldInfo field) =>
        (field.IsStatic ? "static " : "") + $"{NameOf(field.FieldType)} {field.Name}";

    private static string Line(PropertyInfo property)
    {
        var accessors = string.Concat(property.GetAccessors().Select(accessor => accessor.ReturnType == typeof(void) ? " set;" : " get;").Order());
        var isStatic = property.GetAccessors().Any(accessor => accessor.IsStatic);
        return (isStatic ? "static " : "") + $"{NameOf(property.PropertyType)} {property.Name} {{{accessors} }}";
    }

    private string Line(MethodInfo method) =>
        Modifier(method) + $"{NameOf(method.ReturnType)} {method.Name}{TypeParameters(method)}({Parameters(method)}){Constraints(method)}";

    private static string Modifier(MethodInfo method) => method switch
    {
        { IsStatic: true } => "static ",
        { DeclaringType.IsInterface: true } => "",
        { IsAbstract: true } => "abstract ",
        { IsVirtual: true, IsFinal: false } => "virtual ",
        _ => "",
    };

    private static string TypeParameters(MethodInfo method) =>
        method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(NameOf))}>" : "";

    private static string Constraints(MethodInfo method) => !method.IsGenericMethod ? "" : string.Concat(
        from argument in method.GetGenericArguments()
        let constraints = argument.GetGenericParameterConstraints()
        where constraints.Length > 0
        select $" where {argument.Name} : {string.Join(", ", constraints.Select(NameOf))}");

    private string Parameters(MethodBase method) =>
        (method.IsDefined(typeof(ExtensionAttribute)) ? "this " : "") + string.Join(", ", method.GetParameters().Select(Parameter));

    private string Parameter(ParameterInfo parameter)
    {
        var nullable = !parameter.ParameterType.IsValueType && _nullability.Create(parameter).WriteState == NullabilityState.Nullable;
        return NameOf(parameter.ParameterType) + (nullable ? "?" : "") + $" {parameter.Name}" +
            (parameter.HasDefaultValue ? $" = {Default(parameter)}" : "");
    }

    private static string Default(ParameterInfo parameter) => parameter.DefaultValue switch
    {
        null => parameter.ParameterType.IsValueType && Nullable.GetUnderlyingType(parameter.ParameterType) is null ? "default" : "null",
        bool value => value ? "true" : "false",
        string value => $"\"{value}\"",
        var value => parameter.ParameterType.IsEnum ? Enum.GetName(parameter.ParameterType, value) ?? value.ToString()! : value.ToString()!,
    };

    private static string NameOf(Type type)
    {
        if (Keywords.TryGetValue(type, out var keyword))
            return keyword;
        if (Nullable.GetUnderlyingType(type) is { } underlying)
            return NameOf(underlying) + "?";
        if (type.IsArray)
            return NameOf(type.GetElementType()!) + "[]";

        var name = type.Name.Split('`')[0];
        if (type.IsNested && !type.IsGenericParameter)
            name = $"{NameOf(type.DeclaringType!)}.{name}";
        return type.IsGenericType ? $"{name}<{string.Join(", ", type.GetGenericArguments().Select(NameOf))}>" : name;
    }
}
