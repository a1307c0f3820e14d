using Rapida.Client.Http;

namespace Rapida.Client;

/// <summary>Downloads calls.</summary>
public sealed class RecordingsClient
{
    private readonly Transport _transport;

    internal RecordingsClient(Transport transport) => _transport = transport;

    public Task<Recording> GetAsync(string id, CancellationToken cancellationToken = default) =>
        _transport.GetAsync(PathOf(id), RapidaJson.Default.Recording, cancellationToken);

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
