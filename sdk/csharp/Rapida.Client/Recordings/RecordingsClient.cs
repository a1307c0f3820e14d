using Rapida.Client.Http;

namespace Rapida.Client;

/// <summary>Downloads calls.</summary>
public sealed class RecordingsClient
{
    private readonly Transport _transport;

    internal RecordingsClient(Transport transport) => _transport = transport;

    public Task<Recording> GetAsync(string id, CancellationToken cancellationToken = default) =>
        _transport.GetAsync(PathOf(id), RapidaJson.Default.Recording, cancellationToken);

    /// <summary>Newest first. A page is asked for when the one before is used up.</summary>
    /// <param name="pageSize">How many are asked for at once: 1 to 100.</param>
    public IAsyncEnumerable<Recording> ListAsync(int? pageSize = null, CancellationToken cancellationToken = default) =>
        Listing.EachAsync((pageToken, token) => ListPageAsync(pageSize, pageToken, token), cancellationToken);

    /// <summary>One page of the same, for who shows them to people.</summary>
    public async Task<Page<Recording>> ListPageAsync(
        int? pageSize = null, string? pageToken = null, CancellationToken cancellationToken = default)
    {
        var path = Address.OfPage("/v1/recordings", pageSize, pageToken);
        var page = await _transport.GetAsync(path, RapidaJson.Default.RecordingPage, cancellationToken).ConfigureAwait(false);
        return new(page.Recordings, page.NextPageToken);
    }

    /// <summary>Writes the file to a stream. A connection that is lost on the way is taken up again where it ended. Returns its bytes.</summary>
    public Task<long> DownloadAsync(string id, Stream destination, CancellationToken cancellationToken = default) =>
        new Download(_transport, $"{PathOf(id)}/audio", destination).RunAsync(cancellationToken);

    /// <summary>Writes the file to a path, where it appears when it is whole. Returns its bytes.</summary>
    public async Task<long> DownloadAsync(string id, string path, CancellationToken cancellationToken = default)
    {
        var unfinished = $"{path}.part";
        try
        {
            long written;
            var file = File.Create(unfinished);
            await using (file.ConfigureAwait(false))
                written = await DownloadAsync(id, file, cancellationToken).ConfigureAwait(false);
            File.Move(unfinished, path, overwrite: true);
            return written;
        }
        catch
        {
            File.Delete(unfinished);
            throw;
        }
    }

    private static string PathOf(string id) => $"/v1/recordings/{Address.Segment(id)}";
}
