using System.Reflection;
using System.Text.RegularExpressions;
using Xunit;

namespace StandIns.Tests.Surfaces;

/// <summary>Each file here is the surface of an official package, as far as we use it. These tests know nothing of stand-ins: they
/// pass on the official packages too.</summary>
public sealed partial class SurfaceTests
{
    [Theory]
    [InlineData("Aspire.Npgsql")]
    [InlineData("Aspire.StackExchange.Redis")]
    [InlineData("OpenTelemetry.Extensions.Hosting")]
    [InlineData("Twilio")]
    public void Every_signature_of_the_official_package_exists(string assemblyName)
    {
        var assembly = Assembly.Load(assemblyName);
        var surface = new PublicSurface();
        var blocks = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Surfaces", $"{assemblyName}.txt"))
            .Split("\n\n", StringSplitOptions.RemoveEmptyEntries)
            .Select(block => block.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            .ToList();

        var missing = blocks.SelectMany(block => Missing(surface, assembly, block[0], block[1..])).ToList();

        Assert.NotEmpty(blocks);
        Assert.True(missing.Count == 0, $"{missing.Count} signatures differ from the official ones:\n{string.Join('\n', missing)}");
    }

    private static IEnumerable<string> Missing(PublicSurface surface, Assembly assembly, string header, string[] members)
    {
        var declared = Header().Match(header);
        Assert.True(declared.Success, $"Not a type: {header}");

        var name = declared.Groups["name"].Value;
        var arity = declared.Groups["generic"].Length == 0 ? "" : $"`{declared.Groups["generic"].Value.Split(',').Length}";
        if (assembly.GetType(name + arity) is not { } type)
            return [header];

        var bases = declared.Groups["bases"].Value.Split(", ", StringSplitOptions.RemoveEmptyEntries);
        return [
            .. PublicSurface.KindOf(type) == declared.Groups["kind"].Value && type.IsVisible ? Array.Empty<string>() : [header],
            .. bases.Except(PublicSurface.BasesOf(type)).Select(missing => $"{name} : {missing}"),
            .. members.Select(WithoutVirtual).Except(surface.MembersOf(type).Select(WithoutVirtual)).Select(missing => $"{name}: {missing}"),
        ];
    }

    // Callers cannot tell, and the files do not mark every override.
    private static string WithoutVirtual(string member) => member.StartsWith("virtual ", StringComparison.Ordinal) ? member[8..] : member;

    // sealed class Twilio.Rest.Api.V2010.Account.CallResource+StatusEnum : StringEnum
    // class Twilio.Base.ResourceSet<T> : IEnumerable<T>, IEnumerable
    [GeneratedRegex(@"^(?<kind>[a-z ]+) (?<name>[\w.+]+)(<(?<generic>[^>]+)>)?( : (?<bases>.+))?$")]
    private static partial Regex Header();
}
