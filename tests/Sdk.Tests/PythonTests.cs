using System.Diagnostics;
using Rapida.Testing;

namespace Sdk.Tests;

/// <summary>The tests of sdk/python, which are written in Python: one of these is one file of those.</summary>
public sealed class PythonTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    public static TheoryData<string> Files =>
        [.. Directory.EnumerateFiles(Checkout.PathOf("sdk", "python", "tests"), "test_*.py").Select(file => Path.GetFileNameWithoutExtension(file)!).Order()];

    [Theory]
    [MemberData(nameof(Files))]
    public async Task The_client_in_Python_passes_its_tests(string file)
    {
        var start = new ProcessStartInfo("python3", ["-B", "-W", "error::ResourceWarning", "-m", "unittest", $"tests.{file}"])
        {
            WorkingDirectory = Checkout.PathOf("sdk", "python"),
            RedirectStandardError = true,
        };
        start.Environment.Remove("RAPIDA_BASE_URL");
        using var python = Process.Start(start)!;
        using var limit = new CancellationTokenSource(Patience);
        var output = await python.StandardError.ReadToEndAsync(limit.Token);
        await python.WaitForExitAsync(limit.Token);

        // Ran 14 tests in 0.301s
        Assert.True(python.ExitCode == 0 && !output.Contains("Ran 0 tests", StringComparison.Ordinal), output);
    }
}
