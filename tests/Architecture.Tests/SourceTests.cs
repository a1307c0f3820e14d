using System.Text.RegularExpressions;

namespace Architecture.Tests;

public sealed partial class SourceTests
{
    private const int MaxLines = 300;

    // A file may be longer when it says why here.
    private static readonly Dictionary<string, string> LongForAReason = [];

    private static readonly string[] TextEndings =
        [".cs", ".csproj", ".props", ".targets", ".sln", ".md", ".json", ".yml", ".yaml", ".sh", ".js", ".py", ".proto", ".txt", ".http", ".xml", ".toml"];

    [Fact]
    public void No_file_is_longer_than_a_reader_keeps_in_mind() => Assert.Empty(
        from file in Tree.CSharp
        where file.IsUnder("services", "libraries", "tools", "Rapida.ServiceDefaults", "Rapida.AppHost", "stand-ins")
            && !file.Path.Contains("/Migrations/", StringComparison.Ordinal) && !LongForAReason.ContainsKey(file.Path)
        let lines = File.ReadLines(file.FullPath).Count()
        where lines > MaxLines
        select $"{file} has {lines} lines");

    [Fact]
    public void Every_grpc_service_says_who_may_call_it()
    {
        var services = Tree.CSharp
            .Where(file => file.IsUnder("services"))
            .Select(file => (file.Path, Class: GrpcService().Match(file.Text)))
            .Where(found => found.Class.Success)
            .ToList();

        Assert.NotEmpty(services);
        Assert.Empty(services.Where(found => !found.Class.Groups["attributes"].Value.Contains("[Callers(", StringComparison.Ordinal)).Select(found => found.Path));
    }

    [Fact]
    public void No_text_names_a_folder_of_somebodys_machine() => Assert.Empty(
        from file in Tree.Files
        where TextEndings.Contains(Path.GetExtension(file.Path)) || Path.GetExtension(file.Path).Length == 0
        from line in File.ReadLines(file.FullPath).Select((text, index) => (Text: text, Number: index + 1))
        where MachineFolder().IsMatch(line.Text)
        select $"{file}:{line.Number}: {line.Text.Trim()}");

    // Attributes and comments, then the class, whose base is what Grpc.Tools generates: Xyz.XyzBase.
    [GeneratedRegex(@"(?<attributes>(^\[[^\n]*\]\n)*)^[a-z ]*class \w+(\([^)]*\))?\s*:\s*(\w+\.)*(?<service>\w+)\.\k<service>Base\b", RegexOptions.Multiline)]
    private static partial Regex GrpcService();

    // A path of a checkout, of root's home or of somebody's.
    [GeneratedRegex(@"(?<![\w.}$)-])/(work|root|home/\w+|Users/\w+)/")]
    private static partial Regex MachineFolder();
}
