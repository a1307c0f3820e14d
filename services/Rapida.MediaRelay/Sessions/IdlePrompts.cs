using Rapida.MediaRelay.Playout;
using Rapida.MediaRelay.Settings;

namespace Rapida.MediaRelay.Sessions;

internal enum IdleAction
{
    None,
    Prompt,
    HangUp,
}

/// <summary>
/// Asks a silent caller whether he is there, and gives up after so many tries. Armed when the caller has heard the assistant out; words start the count
/// again, noise does not.
/// </summary>
internal sealed class IdlePrompts(CallSettings settings)
{
    private readonly long _timeout = settings.IdleTimeout.ToSamples();
    private long? _due;
    private int _prompts;

    /// <summary>The caller has heard everything by here, and has the floor.</summary>
    public void Arm(long position) => _due = position + _timeout;

    /// <summary>Somebody speaks.</summary>
    public void Disarm() => _due = null;

    /// <summary>The caller has said something, or pressed a key.</summary>
    public void WordsCame()
    {
        _prompts = 0;
        Disarm();
    }

    /// <summary>What to do about the silence; it is disarmed until it is armed again.</summary>
    public IdleAction Check(long position)
    {
        if (_due is not { } due || position < due)
            return IdleAction.None;

        Disarm();
        return _prompts++ < settings.IdleRetries ? IdleAction.Prompt : IdleAction.HangUp;
    }
}
