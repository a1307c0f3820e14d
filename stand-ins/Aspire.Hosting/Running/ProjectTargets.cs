using System.Diagnostics;
using System.Reflection;

namespace Aspire.Hosting.Running;

/// <summary>Where the build put each project: noted in the AppHost by its targets, else asked of MSBuild. Nothing is built here.</summary>
internal sealed class ProjectTargets(Assembly? appHost)
{
    public const string MetadataPrefix = "aspiretarget:";

    public async Task<string> FindAsync(string projectPath, CancellationToken cancellationToken)
    {
        var target = appHost?.GetCustomAttributes<AssemblyMetadataAttribute>().FirstOrDefault(note => note.Key == MetadataPrefix + projectPath)?.Value
            ?? await AskAsync(projectPath, cancellationToken);
        return File.Exists(target) ? target : throw new DistributedApplicationException($"{projectPath} is not built: there is no '{target}'.");
    }

    private static async Task<string> AskAsync(string projectPath, CancellationToken cancellationToken)
    {
        if (!File.Exists(projectPath)) throw new DistributedApplicationException($"There is no project '{projectPath}'.");
        using var msbuild = Process.Start(new ProcessStartInfo(Supervisor.Dotnet, ["msbuild", projectPath, "-getProperty:TargetPath", "-nologo"])
        {
            RedirectStandardOutput = true,
        })!;
        var path = await msbuild.StandardOutput.ReadToEndAsync(cancellationToken);
        await msbuild.WaitForExitAsync(cancellationToken);
        return path.Trim();
    }
}
