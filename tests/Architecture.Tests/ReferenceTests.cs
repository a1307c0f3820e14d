using System.Text.RegularExpressions;
using Rapida.Testing;

namespace Architecture.Tests;

public sealed partial class ReferenceTests
{
    private const string Migrations = "Rapida.Migrations";

    private static readonly HashSet<string> Services =
        [.. Tree.Projects.Where(project => project.File.IsUnder("services")).Select(project => project.Name)];

    [Fact]
    public void Only_the_migrations_reference_services_and_no_service_or_library_does() => Assert.Empty(
        from project in Tree.Projects
        where project.Name != Migrations && !project.File.IsUnder("tests", "Rapida.AppHost") // The AppHost starts them, it does not compile against them.
        from reference in project.References
        where Services.Contains(reference)
        select $"{project.File} references {reference}: what crosses a process belongs in protos/");

    [Fact]
    public void Aspires_hosting_packages_are_used_in_an_app_host_only_and_its_client_packages_in_services() => Assert.Empty(
        from project in Tree.Projects
        where !project.File.IsUnder("tests/StandIns.Tests", "tests/StandIns.Tests.AppHost")
        from package in project.Packages
        where package.StartsWith("Aspire.", StringComparison.Ordinal)
            && !(package.StartsWith("Aspire.Hosting", StringComparison.Ordinal)
                ? project.File.IsUnder("Rapida.AppHost")
                : project.File.IsUnder("services", "Rapida.ServiceDefaults"))
        select $"{project.File} uses {package}");

    [Fact]
    public void The_carriers_package_is_used_in_folders_that_bear_its_name_only() => Assert.Empty(
        from file in Tree.CSharp
        where !file.IsUnder("stand-ins", "tests/StandIns.Tests") && !file.Path.Contains("/Twilio/", StringComparison.Ordinal)
        where UsesTwilio().IsMatch(file.Text)
        select $"{file} uses Twilio's package");

    [Fact]
    public void The_emulator_is_not_built_from_the_package_that_it_stands_against() => Assert.DoesNotContain(
        "Twilio", Tree.Projects.Where(project => project.File.IsUnder("tools")).SelectMany(project => project.Packages));

    [Fact]
    public void Versions_are_said_in_one_place() => Assert.Empty(
        from project in Tree.Projects
        from package in project.PackageReferences
        where package.Attributes().Concat<object>(package.Elements()).Any(part => part.ToString()!.Contains("Version", StringComparison.Ordinal))
        select $"{project.File}: {package}");

    [Fact]
    public void Every_project_is_in_the_solution()
    {
        var solution = File.ReadAllText(Checkout.PathOf("Rapida.sln")).Replace('\\', '/');

        Assert.All(Tree.Projects, project => Assert.Contains($"\"{project.File}\"", solution, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_stand_in_says_in_the_readme_what_it_leaves_out()
    {
        var rows = File.ReadLines(Checkout.PathOf("stand-ins", "README.md")).Where(line => line.StartsWith("| `", StringComparison.Ordinal));
        var told = rows.SelectMany(NamesOf).ToHashSet();

        Assert.Empty(
            from project in Tree.Projects
            where project.File.IsUnder("stand-ins") && !told.Contains(project.Name)
            select project.Name);
    }

    // | `Aspire.Hosting.PostgreSQL`, `.Redis` 13.5.2 | … : the second name shares the first one's beginning.
    private static IEnumerable<string> NamesOf(string row)
    {
        var names = Quoted().Matches(row.Split('|')[1]).Select(match => match.Groups[1].Value).ToList();
        return names.Select(name => name.StartsWith('.') ? names[0][..names[0].LastIndexOf('.')] + name : name);
    }

    [GeneratedRegex(@"^using (\w+ = )?Twilio\b|global::(Twilio)\b", RegexOptions.Multiline)]
    private static partial Regex UsesTwilio();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Quoted();
}
