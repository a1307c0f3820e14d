using System.Diagnostics;

namespace StandIns.Tests.Grpc;

/// <summary>
/// Runs Interop/echo.js under Node with @grpc/grpc-js, which is installed once into artifacts/interop and found there afterwards,
/// so that only the first run needs a package registry.
/// </summary>
internal static class GrpcJs
{
    private static readonly TimeSpan InstallLimit = TimeSpan.FromMinutes(3);

    private static readonly string Scripts = Path.Combine(AppContext.BaseDirectory, "Interop");

    private static readonly string Proto = Path.Combine(AppContext.BaseDirectory, "Grpc", "Protos", "echo.proto");

    // artifacts/bin/StandIns.Tests/debug/ -> artifacts/interop
    private static readonly string Packages = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "..", "interop"));

    private static readonly Lazy<Task> Installed = new(InstallAsync);

    public static async Task<Process> StartAsync(string mode, params string[] arguments)
    {
        await Installed.Value;
        return Start("node", Scripts, [Path.Combine(Scripts, "echo.js"), mode, Proto, .. arguments]);
    }

    private static async Task InstallAsync()
    {
        var wanted = await File.ReadAllTextAsync(Path.Combine(Scripts, "package.json"));
        var manifest = Path.Combine(Packages, "package.json");
        // npm writes this file last.
        var complete = File.Exists(Path.Combine(Packages, "node_modules", ".package-lock.json"));
        if (complete && await File.ReadAllTextAsync(manifest) == wanted)
        {
            return;
        }

        Directory.CreateDirectory(Packages);
        await File.WriteAllTextAsync(manifest, wanted);
        using var npm = Start("npm", Packages, ["install", "--no-package-lock", "--no-audit", "--no-fund", "--loglevel=error"]);
        using var limit = new CancellationTokenSource(InstallLimit);
        try
        {
            var said = await npm.StandardError.ReadToEndAsync(limit.Token);
            await npm.WaitForExitAsync(limit.Token);
            if (npm.ExitCode != 0)
            {
                throw new InvalidOperationException($"npm install in {Packages} failed: {said}");
            }
        }
        catch (OperationCanceledException)
        {
            npm.Kill(entireProcessTree: true);
            throw;
        }
    }

    private static Process Start(string program, string folder, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["NODE_PATH"] = Path.Combine(Packages, "node_modules") },
        };
        return Process.Start(start)!;
    }
}
