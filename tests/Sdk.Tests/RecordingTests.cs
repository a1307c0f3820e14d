using Rapida.Client;
using static Sdk.Tests.Answers;

namespace Sdk.Tests;

public sealed class RecordingTests : IDisposable
{
    private static readonly byte[] Wav = [.. Enumerable.Range(0, 256_000).Select(at => (byte)at)];
    private readonly string _folder = Directory.CreateTempSubdirectory("rapida-sdk-").FullName;

    private string WavPath => Path.Combine(_folder, "call.wav");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_recording_is_written_to_a_path()
    {
        await using var server = await ScriptedServer.StartAsync(Says(200, Wav));

        Assert.Equal(Wav.Length, await server.Client().Recordings.DownloadAsync("r1", WavPath));

        Assert.Equal(Wav, await File.ReadAllBytesAsync(WavPath));
        Assert.Equal([WavPath], Directory.GetFiles(_folder));
    }

    [Fact]
    public async Task A_download_whose_connection_is_lost_goes_on_where_it_was()
    {
        await using var server = await ScriptedServer.StartAsync(
            Says(200, Wav[..100_000], announced: Wav.Length), Problem(503, "unavailable"), RestAsync);
        using var written = new MemoryStream();

        await server.Client().Recordings.DownloadAsync("r1", written);

        Assert.Equal(Wav, written.ToArray());
        // What the connection took down with it is asked for again.
        Assert.Matches(@"^bytes=\d+-$", server.Requests[1].Header("Range"));
        Assert.Equal(server.Requests[1].Header("Range"), server.Requests[2].Header("Range"));
    }

    [Fact]
    public async Task Half_a_recording_leaves_no_file()
    {
        await using var server = await ScriptedServer.StartAsync(Says(200, Wav[..100], announced: Wav.Length));

        await Assert.ThrowsAsync<RapidaException>(() => server.Client(retries: 0).Recordings.DownloadAsync("r1", WavPath));

        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Fact]
    public async Task A_recording_that_is_not_there_leaves_no_file()
    {
        await using var server = await ScriptedServer.StartAsync(Problem(404, "recording_not_found"));

        var error = await Assert.ThrowsAsync<RapidaException>(() => server.Client().Recordings.DownloadAsync("r1", WavPath));

        Assert.Equal("recording_not_found", error.Code);
        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Fact]
    public async Task A_disk_that_is_full_is_not_taken_for_a_lost_connection()
    {
        await using var server = await ScriptedServer.StartAsync(Says(200, Wav));
        using var full = new MemoryStream(new byte[10]);

        await Assert.ThrowsAsync<NotSupportedException>(() => server.Client().Recordings.DownloadAsync("r1", full));

        Assert.Single(server.Requests);
    }

    private static Task RestAsync(Microsoft.AspNetCore.Http.HttpContext http)
    {
        var from = int.Parse(http.Request.Headers.Range.ToString().Split('=', '-')[1]);
        return Says(206, Wav[from..])(http);
    }
}
