using Xunit;

namespace StandIns.Tests.Aspire;

/// <summary>Holds for the stand-ins and for the official packages alike: whatever is loaded has every signature of the surface file.</summary>
public sealed class HostingSurfaceTests
{
    public static TheoryData<string> Headers => [.. HostingSurface.Read().Select(type => type.Header)];

    [Theory]
    [MemberData(nameof(Headers))]
    public void Every_signature_of_the_official_type_is_there(string header)
    {
        var expected = HostingSurface.Read().Single(type => type.Header == header);
        var actual = expected.Find();

        Assert.True(actual is not null, $"There is no {expected.TypeName}.");
        Assert.Equal(expected.Kind, KindOf(actual));
        Assert.Empty(expected.Bases.Except(BasesOf(actual)));
        var there = SignatureText.Of(actual).Select(SignatureText.Normalize).ToHashSet();
        Assert.DoesNotContain(expected.Members, member => !there.Contains(SignatureText.Normalize(member)));
    }

    [Fact]
    public void The_surface_file_is_read_whole()
    {
        var types = HostingSurface.Read();

        Assert.Equal(41, types.Count);
        Assert.Contains(types, type => type.Members.Count > 50);
    }

    private static string KindOf(Type type) => type switch
    {
        { IsEnum: true } => "enum",
        { IsInterface: true } => "interface",
        { IsAbstract: true, IsSealed: true } => "static class",
        { IsSealed: true } => "sealed class",
        { IsAbstract: true } => "abstract class",
        _ => "class",
    };

    private static IEnumerable<string> BasesOf(Type type)
    {
        foreach (var implemented in type.GetInterfaces()) yield return SignatureText.Name(implemented);
        for (var parent = type.BaseType; parent is not null; parent = parent.BaseType) yield return SignatureText.Name(parent);
    }
}
