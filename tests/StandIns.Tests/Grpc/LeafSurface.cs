using System.Reflection;

namespace StandIns.Tests.Grpc;

/// <summary>
/// Writes the members of an assembly as grpc-leaf-surface.txt does:
/// <c>static Grpc.Core.Marshaller`1&lt;!!0&gt; Grpc.Core.Marshallers.Create&lt;!!0&gt;(…)</c>, !0 a type's parameter, !!0 a method's.
/// </summary>
internal static class LeafSurface
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic
        | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static IEnumerable<string> Types(Assembly assembly) =>
        Visible(assembly).Select(type => $"{assembly.GetName().Name}: {type.FullName}");

    public static IEnumerable<string> Members(Assembly assembly) =>
        Visible(assembly).SelectMany(type => Methods(type).Select(Signature).Concat(Fields(type)));

    /// <summary>What a class elsewhere may override, each with its accessibility.</summary>
    public static IEnumerable<string> Overridables(Assembly assembly) =>
        from type in Visible(assembly)
        from method in Methods(type)
        where method is { IsVirtual: true, IsFinal: false, IsAssembly: false }
        select $"{(method.IsPublic ? "Public" : "Family")} {Signature(method)}";

    private static IEnumerable<Type> Visible(Assembly assembly) =>
        assembly.GetTypes().Where(type => type.IsVisible || type.IsNestedFamORAssem);

    // Internal ones too: the official leaves may have genuine binaries as friends.
    private static IEnumerable<MethodBase> Methods(Type type) =>
        type.GetMethods(Declared).Concat<MethodBase>(type.GetConstructors(Declared))
            .Where(method => !method.IsPrivate);

    private static IEnumerable<string> Fields(Type type) =>
        type.GetFields(Declared).Where(field => field.IsPublic)
            .Select(field => $"field {Name(field.FieldType)} {type.FullName}.{field.Name}");

    private static string Signature(MethodBase method)
    {
        var prefix = method.IsStatic ? "static " : "";
        var result = method is MethodInfo { ReturnType: var type } ? Name(type) : "void";
        var generic = method.IsGenericMethod ? Arguments(method.GetGenericArguments()) : "";
        var parameters = string.Join(", ", method.GetParameters().Select(parameter => Name(parameter.ParameterType)));
        return $"{prefix}{result} {method.DeclaringType!.FullName}.{method.Name}{generic}({parameters})";
    }

    private static string Name(Type type) => type switch
    {
        { IsGenericMethodParameter: true } => $"!!{type.GenericParameterPosition}",
        { IsGenericTypeParameter: true } => $"!{type.GenericParameterPosition}",
        { IsArray: true } => $"{Name(type.GetElementType()!)}[]",
        { IsGenericType: true } => type.GetGenericTypeDefinition().FullName + Arguments(type.GetGenericArguments()),
        _ => type.FullName switch
        {
            "System.Void" => "void",
            "System.Object" => "object",
            "System.String" => "string",
            "System.Boolean" => "boolean",
            "System.Byte" => "byte",
            "System.Int32" => "int32",
            "System.IntPtr" => "intptr",
            var name => name!,
        },
    };

    private static string Arguments(Type[] types) => $"<{string.Join(", ", types.Select(Name))}>";
}
