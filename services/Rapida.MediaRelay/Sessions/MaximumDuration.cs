using Rapida.MediaRelay.Playout;
using Rapida.MediaRelay.Settings;

namespace Rapida.MediaRelay.Sessions;

/// <summary>Ends a call that has lasted as long as its deployment allows, with a goodbye.</summary>
internal sealed class MaximumDuration(CallSettings settings)
{
    private readonly long _limit = settings.Remaining.ToSamples();
    private bool _isOver;

    /// <summary>True once, when the time is up.</summary>
    public bool IsReached(long position)
    {
        if (_isOver || position < _limit)
            return false;
        _isOver = true;
        return true;
    }
}
