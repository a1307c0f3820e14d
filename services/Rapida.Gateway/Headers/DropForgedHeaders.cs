using System.Collections.Frozen;

namespace Rapida.Gateway.Headers;

/// <summary>
/// Takes away what only a proxy may say of a caller; YARP then says anew who called, over what. YARP also drops what is meant for one hop alone
/// (RFC 9110, 7.6.1).
/// </summary>
internal static class DropForgedHeaders
{
    private static readonly FrozenSet<string> Forged = new[] { "Forwarded", "X-Real-IP" }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);
    private static readonly string[] ForgedBeginnings = ["X-Forwarded-", "X-Original-"];

    public static Task ApplyAsync(HttpContext context, RequestDelegate next)
    {
        var headers = context.Request.Headers;
        foreach (var name in headers.Keys.Where(IsForged).ToList())
            headers.Remove(name);
        return next(context);
    }

    private static bool IsForged(string name) =>
        Forged.Contains(name) || ForgedBeginnings.Any(beginning => name.StartsWith(beginning, StringComparison.OrdinalIgnoreCase));
}
