using System.Security.Cryptography;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace Rapida.Gateway.Docs;

/// <summary>A file that does not change while this process lives.</summary>
internal sealed class ServedFile(byte[] contents, string mediaType)
{
    // Short: a deployment may bring another.
    private const string FiveMinutes = "public, max-age=300";

    private readonly EntityTagHeaderValue _tag = new($"\"{Convert.ToHexStringLower(SHA256.HashData(contents).AsSpan(0, 16))}\"");

    public ReadOnlyMemory<byte> Contents => contents;

    public static ServedFile Embedded(string name, string mediaType)
    {
        using var stream = typeof(ServedFile).Assembly.GetManifestResourceStream(name)!;
        var contents = new byte[stream.Length];
        stream.ReadExactly(contents);
        return new(contents, mediaType);
    }

    /// <summary>Whoever has it already is told 304.</summary>
    public FileContentHttpResult Answer(HttpResponse response)
    {
        response.Headers.CacheControl = FiveMinutes;
        return TypedResults.Bytes(contents, $"{mediaType}; charset=utf-8", entityTag: _tag);
    }
}
