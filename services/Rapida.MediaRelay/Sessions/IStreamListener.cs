using Rapida.MediaRelay.Playout;

namespace Rapida.MediaRelay.Sessions;

/// <summary>Hears what comes from the caller's side, in the order in which it came.</summary>
internal interface IStreamListener
{
    /// <summary>Mu-law, any length.</summary>
    void Audio(ReadOnlySpan<byte> mulaw);

    /// <summary>A mark came back.</summary>
    void Returned(Mark mark);

    /// <summary>0-9, *, #, A-D.</summary>
    void Pressed(char key);
}
