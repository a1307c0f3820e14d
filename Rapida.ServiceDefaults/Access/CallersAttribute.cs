namespace Rapida.ServiceDefaults.Access;

/// <summary>
/// The services that may call a gRPC method, or all methods of a class. A method's own list replaces the class's. Where there is none,
/// nobody may call.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class CallersAttribute(params string[] services) : Attribute
{
    /// <summary>Service names.</summary>
    public IReadOnlyList<string> Services => services;
}
