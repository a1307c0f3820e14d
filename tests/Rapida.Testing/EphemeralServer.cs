using System.Diagnostics;
using System.Net.Sockets;

namespace Rapida.Testing;

/// <summary>
/// A server of <c>eng/servers</c> in a folder of its own. It ends, and its folder goes, when this process is gone, also when that was killed;
/// so nobody needs to stop it.
/// </summary>
public sealed class EphemeralServer : IDisposable
{
    private readonly Process _process;

    private EphemeralServer(Process process, int port, string folder) => (_process, Port, Folder) = (process, port, folder);

    /// <summary>The TCP port on loopback.</summary>
    public int Port { get; }

    /// <summary>Its data; what it prints is in <c>output.log</c>.</summary>
    public string Folder { get; }

    /// <summary>Starts a server and waits until <paramref name="answers"/> no longer throws.</summary>
    /// <param name="name">A script of <c>eng/servers</c>, such as <c>redis</c>.</param>
    /// <param name="answers">Connects to a port as a client does.</param>
    /// <param name="arguments">What the script is given beside port and data.</param>
    public static Task<EphemeralServer> StartAsync(string name, Func<int, Task> answers, params string[] arguments) =>
        StartAsync(name, FreePort.Next(), Directory.CreateTempSubdirectory($"rapida-{name}-").FullName, answers, arguments);

    /// <summary>Starts a server on the port and the data of an earlier one.</summary>
    public static async Task<EphemeralServer> StartAsync(string name, int port, string folder, Func<int, Task> answers, params string[] arguments)
    {
        var process = Process.Start(
            Checkout.PathOf("eng", "servers", "ephemeral.sh"),
            [
                $"{Environment.ProcessId}", folder, Checkout.PathOf("eng", "servers", $"{name}.sh"),
                "--ephemeral", "--port", $"{port}", "--data", folder, .. arguments,
            ]);
        while (!await AnswersAsync(answers, port))
        {
            if (process.HasExited)
            {
                var output = await File.ReadAllTextAsync(Path.Combine(folder, "output.log"));
                Directory.Delete(folder, recursive: true);
                throw new InvalidOperationException($"{name} did not start: {output}");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100));
        }

        return new(process, port, folder);
    }

    /// <summary>Waits until the server has ended, which somebody else sees to.</summary>
    public Task EndedAsync() => _process.WaitForExitAsync();

    /// <inheritdoc/>
    public void Dispose() => _process.Dispose();

    private static async Task<bool> AnswersAsync(Func<int, Task> answers, int port)
    {
        try
        {
            await answers(port);
            return true;
        }
        catch (Exception exception) when (exception is IOException or SocketException or System.Data.Common.DbException
            or RabbitMQ.Client.Exceptions.RabbitMQClientException)
        {
            return false; // It starts still.
        }
    }
}
