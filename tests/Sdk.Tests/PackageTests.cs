using System.Diagnostics;
using System.IO.Compression;
using System.Xml.Linq;
using Rapida.Testing;

namespace Sdk.Tests;

public sealed class PackageTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private readonly string _folder = Directory.CreateTempSubdirectory("rapida-sdk-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task The_package_has_its_readme_its_comments_and_symbols_and_needs_no_other()
    {
        await PackAsync();

        using var package = ZipFile.OpenRead(Assert.Single(Directory.GetFiles(_folder, "*.nupkg")));
        foreach (var file in (string[])["README.md", "lib/net10.0/Rapida.Client.dll", "lib/net10.0/Rapida.Client.xml"])
            Assert.Contains(package.Entries, entry => entry.FullName == file);
        await using var text = await package.GetEntry("Rapida.Client.nuspec")!.OpenAsync();
        var nuspec = await XDocument.LoadAsync(text, LoadOptions.None, CancellationToken.None);
        Assert.DoesNotContain(nuspec.Descendants(), element => element.Name.LocalName == "dependency");
        Assert.Contains(nuspec.Descendants(), element => element is { Name.LocalName: "readme", Value: "README.md" });

        using var symbols = ZipFile.OpenRead(Assert.Single(Directory.GetFiles(_folder, "*.snupkg")));
        Assert.Contains(symbols.Entries, entry => entry.FullName == "lib/net10.0/Rapida.Client.pdb");
    }

    // What these tests were built with is packed as it is.
    private async Task PackAsync()
    {
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Name;
        var start = new ProcessStartInfo(
            "dotnet", ["pack", Checkout.PathOf("sdk", "csharp", "Rapida.Client"), "--no-build", "-c", configuration, "-o", _folder, "--nologo"])
        {
            RedirectStandardOutput = true,
        };
        using var pack = Process.Start(start)!;
        using var limit = new CancellationTokenSource(Patience);
        var output = await pack.StandardOutput.ReadToEndAsync(limit.Token);
        await pack.WaitForExitAsync(limit.Token);
        Assert.True(pack.ExitCode == 0, output);
    }
}
