using System.Runtime.InteropServices;

namespace Rapida.Speech;

/// <summary>Tells before the first call whether a shared library can be loaded.</summary>
internal static class NativeLibraries
{
    public static SpeechEngineMissingException? Missing(string provider, string packages, params ReadOnlySpan<string> libraries)
    {
        foreach (var library in libraries)
            if (!NativeLibrary.TryLoad(library, out _))
                return new SpeechEngineMissingException(provider, library, packages);
        return null;
    }
}
