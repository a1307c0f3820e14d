using System.Text.Json;
using System.Text.Json.Serialization;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

public interface IProjectMetadata : IResourceAnnotation
{
    string ProjectPath { get; }

    LaunchSettings? LaunchSettings => null;

    bool SuppressBuild => false;

    bool IsFileBasedApp => false;
}

internal sealed class ProjectMetadata(string projectPath) : IProjectMetadata
{
    public string ProjectPath { get; } = projectPath;
}

public class ProjectResourceOptions
{
    public string? LaunchProfileName { get; set; }

    public bool ExcludeLaunchProfile { get; set; }

    public bool ExcludeKestrelEndpoints { get; set; }
}

public sealed class LaunchSettings
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        AllowTrailingCommas = true,
        ReadCommentHandling = JsonCommentHandling.Skip,
    };

    [JsonPropertyName("profiles")]
    public Dictionary<string, LaunchProfile> Profiles { get; set; } = [];

    internal static LaunchSettings? Read(string projectPath)
    {
        var path = Path.Combine(Path.GetDirectoryName(projectPath)!, "Properties", "launchSettings.json");
        return File.Exists(path) ? JsonSerializer.Deserialize<LaunchSettings>(File.ReadAllText(path), Json) : null;
    }

    /// <summary>The named profile; else the one that the AppHost runs with, if the project has it; else the first that runs the project.</summary>
    internal (string Name, LaunchProfile Profile)? Choose(string? name)
    {
        if (name is not null)
        {
            return Profiles.TryGetValue(name, out var named)
                ? (name, named)
                : throw new DistributedApplicationException($"There is no launch profile '{name}' in launchSettings.json.");
        }

        var ours = Environment.GetEnvironmentVariable("DOTNET_LAUNCH_PROFILE");
        if (ours is not null && Profiles.TryGetValue(ours, out var same) && same.CommandName == "Project") return (ours, same);
        foreach (var (first, profile) in Profiles)
        {
            if (profile.CommandName == "Project") return (first, profile);
        }

        return null;
    }
}

public sealed class LaunchProfile
{
    public string? CommandName { get; set; }

    public string? CommandLineArgs { get; set; }

    public bool? DotnetRunMessages { get; set; }

    public bool? LaunchBrowser { get; set; }

    public string? LaunchUrl { get; set; }

    public string? ApplicationUrl { get; set; }

    public Dictionary<string, string> EnvironmentVariables { get; set; } = [];
}
