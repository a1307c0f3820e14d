using System.Reflection;
using System.Text.RegularExpressions;

namespace StandIns.Tests.Aspire;

/// <summary>The hosting part of aspire-surface.txt: each type with its header line and the lines of its members.</summary>
internal sealed partial record HostingSurface(string Header, IReadOnlyList<string> Members)
{
    private static readonly string[] Assemblies = ["Aspire.Hosting", "Aspire.Hosting.PostgreSQL", "Aspire.Hosting.Redis", "Aspire.Hosting.RabbitMQ"];

    /// <summary>As reflection names it: <c>Aspire.Hosting.ApplicationModel.IResourceBuilder`1</c>.</summary>
    public string TypeName => HeaderPattern().Match(Header).Groups["name"].Value + (HeaderPattern().Match(Header).Groups["generic"].Success ? "`1" : "");

    public string Kind => HeaderPattern().Match(Header).Groups["kind"].Value;

    public IEnumerable<string> Bases => HeaderPattern().Match(Header).Groups["bases"].Value.Split(", ", StringSplitOptions.RemoveEmptyEntries);

    public static IReadOnlyList<HostingSurface> Read()
    {
        var types = new List<HostingSurface>();
        var section = "";
        foreach (var line in File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Surfaces", "aspire-surface.txt")))
        {
            if (line.StartsWith("### ", StringComparison.Ordinal)) section = line[4..];
            else if (!Assemblies.Contains(section) || line.Length == 0) continue;
            else if (line.StartsWith("  ", StringComparison.Ordinal)) ((List<string>)types[^1].Members).Add(line.Trim());
            else types.Add(new HostingSurface(line, new List<string>()));
        }

        return types;
    }

    public Type? Find() => Assemblies.Select(Assembly.Load)
        .SelectMany(assembly => assembly.GetExportedTypes())
        .FirstOrDefault(type => type.FullName == TypeName);

    // sealed class Aspire.Hosting.X<T> : Base, IOne
    [GeneratedRegex(@"^(?<kind>(static |sealed |abstract )?(class|interface|enum)) (?<name>[\w.]+)(?<generic><\w+>)?( : (?<bases>.+))?$")]
    private static partial Regex HeaderPattern();
}
