namespace Rapida.Testing;

/// <summary>The folder that these tests were built from.</summary>
public static class Checkout
{
    /// <summary>The folder of <c>Rapida.sln</c>.</summary>
    public static string Root { get; } = Find(new(AppContext.BaseDirectory));

    /// <summary>A path below <see cref="Root"/>.</summary>
    public static string PathOf(params ReadOnlySpan<string> parts) => Path.Combine([Root, .. parts]);

    private static string Find(DirectoryInfo? folder)
    {
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Rapida.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException($"{AppContext.BaseDirectory} is in no checkout: there is no Rapida.sln above it.");
    }
}
