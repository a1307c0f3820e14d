using System.Reflection;
using Grpc.Core;
using Grpc.Net.Compression;
using Xunit;

namespace StandIns.Tests.Grpc;

/// <summary>Holds for the stand-ins and for the official packages.</summary>
public sealed class LeafSurfaceTests
{
    private static readonly Assembly[] Leaves = [typeof(CallInvoker).Assembly, typeof(ICompressionProvider).Assembly];

    private static readonly string[] Surface =
        File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Surfaces", "grpc-leaf-surface.txt"));

    [Fact]
    public void Every_type_is_there() =>
        Assert.Empty(Section("types").Except(Leaves.SelectMany(LeafSurface.Types)));

    [Fact]
    public void Every_member_is_there() =>
        Assert.Empty(Section("members referenced").Except(Leaves.SelectMany(LeafSurface.Members)));

    // The generated client that the list was taken from binds the parameter of ClientBase<T>.
    [Fact]
    public void Every_virtual_can_be_overridden() =>
        Assert.Empty(Section("virtual members overridden").Select(line => line.Replace("EchoClient", "!0", StringComparison.Ordinal))
            .Except(Leaves.SelectMany(LeafSurface.Overridables)));

    [Fact]
    public void The_identity_is_the_one_that_genuine_binaries_ask_for() =>
        Assert.All(Leaves, leaf =>
        {
            Assert.Equal(new Version(2, 0, 0, 0), leaf.GetName().Version);
            Assert.Equal("D754F35622E28BAD", Convert.ToHexString(leaf.GetName().GetPublicKeyToken()!));
        });

    private static string[] Section(string title)
    {
        var lines = Surface
            .SkipWhile(line => !line.StartsWith($"## {title}", StringComparison.Ordinal))
            .Skip(1)
            .TakeWhile(line => !line.StartsWith('#'))
            .Where(line => line.Length > 0)
            .ToArray();
        Assert.NotEmpty(lines);
        return lines;
    }
}
