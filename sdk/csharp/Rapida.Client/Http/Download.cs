namespace Rapida.Client.Http;

/// <summary>A body on its way to a stream. After a lost connection the rest is asked for with a Range.</summary>
internal sealed class Download(Transport transport, string path, Stream destination)
{
    private readonly byte[] _piece = new byte[64 * 1024];
    private long _written;

    public async Task<long> RunAsync(CancellationToken cancellationToken)
    {
        for (var attempt = 0; ; attempt++)
        {
            var request = Request.Get(path) with { From = _written };
            try
            {
                await GoOnAsync(request, cancellationToken).ConfigureAwait(false);
                return _written;
            }
            catch (RapidaException error)
            {
                await transport.WaitOrThrowAsync(request, attempt, error, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async Task GoOnAsync(Request request, CancellationToken cancellationToken)
    {
        using var limit = transport.NewLimit(cancellationToken);
        using var response = await transport.AttemptAsync(request, limit, cancellationToken).ConfigureAwait(false);
        if (request.From > 0 && response.StatusCode is not System.Net.HttpStatusCode.PartialContent)
            throw new RapidaException("The connection was lost, and the server does not send the rest alone.", response.StatusCode);
        using var body = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        while (true)
        {
            limit.Begin();
            var read = await transport.GuardAsync(token => body.ReadAsync(_piece, token).AsTask(), limit, cancellationToken).ConfigureAwait(false);
            if (read == 0)
                return;
            // Not guarded: a disk that is full is no lost connection.
            await destination.WriteAsync(_piece.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
            _written += read;
        }
    }
}
