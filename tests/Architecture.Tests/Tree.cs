using System.Xml.Linq;
using Rapida.Testing;

namespace Architecture.Tests;

/// <summary>The files of this checkout as they lie there, without what builds and tools have made.</summary>
internal static class Tree
{
    private static readonly string[] Made = [".git", ".data", ".vs", ".idea", "artifacts", "node_modules", "bin", "obj", "TestResults"];

    public static IReadOnlyList<SourceFile> Files { get; } = [.. Walk(new(Checkout.Root))];

    public static IReadOnlyList<Project> Projects { get; } =
        [.. Files.Where(file => file.Path.EndsWith(".csproj", StringComparison.Ordinal)).Select(file => new Project(file))];

    public static IEnumerable<SourceFile> CSharp => Files.Where(file => file.Path.EndsWith(".cs", StringComparison.Ordinal));

    private static IEnumerable<SourceFile> Walk(DirectoryInfo folder)
    {
        foreach (var file in folder.EnumerateFiles().Where(file => !Made.Contains(file.Name)))
            yield return new(file.FullName);
        foreach (var inner in folder.EnumerateDirectories().Where(inner => !Made.Contains(inner.Name)))
            foreach (var file in Walk(inner))
                yield return file;
    }
}

/// <param name="FullPath">On this machine.</param>
internal sealed record SourceFile(string FullPath)
{
    /// <summary>From the root, with slashes.</summary>
    public string Path { get; } = System.IO.Path.GetRelativePath(Checkout.Root, FullPath).Replace('\\', '/');

    public string Text => File.ReadAllText(FullPath);

    public bool IsUnder(params ReadOnlySpan<string> folders)
    {
        foreach (var folder in folders)
            if (Path.StartsWith(folder + "/", StringComparison.Ordinal))
                return true;
        return false;
    }

    public override string ToString() => Path;
}

internal sealed class Project(SourceFile file)
{
    private readonly XDocument _xml = XDocument.Parse(file.Text);

    public SourceFile File => file;

    public IEnumerable<XElement> PackageReferences => _xml.Descendants("PackageReference");

    public IEnumerable<string> Packages => PackageReferences.Select(reference => (string)reference.Attribute("Include")!);

    /// <summary>Names of the projects that this one references.</summary>
    public IEnumerable<string> References => _xml.Descendants("ProjectReference")
        .Select(reference => System.IO.Path.GetFileNameWithoutExtension((string)reference.Attribute("Include")!));

    public string Name => System.IO.Path.GetFileNameWithoutExtension(file.Path);
}
