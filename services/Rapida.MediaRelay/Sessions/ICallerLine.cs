using Rapida.MediaRelay.Playout;

namespace Rapida.MediaRelay.Sessions;

/// <summary>The way to the caller's ear, whatever carrier it leads over. One at a time: the pacer is the only one who speaks into it.</summary>
internal interface ICallerLine
{
    /// <summary>Appends mu-law to what the carrier plays.</summary>
    ValueTask PlayAsync(ReadOnlyMemory<byte> mulaw, CancellationToken cancellationToken);

    /// <summary>Comes back when everything before it has been played, or at once after <see cref="ClearAsync"/>.</summary>
    ValueTask MarkAsync(Mark mark, CancellationToken cancellationToken);

    /// <summary>Drops what has not been played.</summary>
    ValueTask ClearAsync(CancellationToken cancellationToken);
}
