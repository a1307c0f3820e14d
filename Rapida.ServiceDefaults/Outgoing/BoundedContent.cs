namespace Rapida.ServiceDefaults.Outgoing;

/// <summary>What a stranger's server sends, up to a size.</summary>
public static class BoundedContent
{
    /// <summary>All of the content; null when it is longer than <paramref name="bytes"/>, and then no more than that was read.</summary>
    public static async Task<byte[]?> ReadAtMostAsync(this HttpContent content, int bytes, CancellationToken cancellationToken)
    {
        if (content.Headers.ContentLength > bytes)
            return null;

        await using var stream = await content.ReadAsStreamAsync(cancellationToken);
        var buffer = new byte[bytes + 1];
        var read = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        return read > bytes ? null : buffer[..read];
    }
}
