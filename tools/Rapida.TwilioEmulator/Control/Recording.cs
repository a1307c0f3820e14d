using Rapida.TwilioEmulator.Caller;

namespace Rapida.TwilioEmulator.Control;

/// <summary>A recording that a request gives as the path of a WAV file or as the file's bytes.</summary>
internal static class Recording
{
    /// <summary>Null: the request gives none.</summary>
    /// <exception cref="InvalidCallException">There is no such file, or it is no WAV file.</exception>
    public static CallerScript? Read(string? wav, byte[]? wavBytes)
    {
        if (wav is null && wavBytes is null)
            return null;
        try
        {
            using Stream recording = wavBytes is not null ? new MemoryStream(wavBytes) : File.OpenRead(wav!);
            return CallerScript.FromWav(recording);
        }
        catch (Exception unreadable) when (unreadable is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            throw new InvalidCallException("unreadable_wav", unreadable.Message);
        }
    }
}
