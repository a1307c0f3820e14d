using System.Text;

namespace Rapida.Gateway.Docs;

/// <summary>A line for a shell, which holds address and key in RAPIDA_URL and RAPIDA_KEY.</summary>
internal static class CurlLine
{
    public static string Of(string method, string path, string? body, bool isFile)
    {
        var line = new StringBuilder("curl");
        if (method is not "GET" && (body is null || method is not "POST"))
            line.Append(" -X ").Append(method);
        line.Append(" \"$RAPIDA_URL").Append(path).Append("\" \\\n  -H \"x-api-key: $RAPIDA_KEY\"");
        if (isFile)
            line.Append(" \\\n  -OJ");
        if (body is not null)
            line.Append(" \\\n  -H 'content-type: application/json' \\\n  -d '").Append(body.Replace("'", @"'\''", StringComparison.Ordinal)).Append('\'');
        return line.ToString();
    }
}
