using System.Text;
using Rapida.MediaRelay.Playout;
using Rapida.MediaRelay.Settings;

namespace Rapida.MediaRelay.Sessions;

/// <summary>The caller presses keys: they belong together until <c>#</c>, until as many have come as were asked for, or until none has come for a while.</summary>
internal sealed class CallerPressesKeys(TurnTakingOptions options)
{
    // More keys than any number has: whatever is held down, the call goes on.
    private const int MostKeys = 64;

    private readonly long _between = options.BetweenKeys.ToSamples();
    private readonly long _deaf = options.DeafAfterKey.ToSamples();
    private readonly StringBuilder _keys = new();
    private long? _pressedAt;

    /// <summary>Keys are being collected.</summary>
    public bool IsPressing => _keys.Length > 0;

    /// <summary>As many were asked for; null: any number.</summary>
    public int? Expected { get; set; }

    public void Press(char key, long position)
    {
        if (_keys.Length < MostKeys)
            _keys.Append(key);
        _pressedAt = position;
    }

    /// <summary>A key's tone may still sound: it is no voice.</summary>
    public bool IsToneSounding(long position) => _pressedAt is { } pressed && position < pressed + _deaf;

    /// <summary>The keys, <c>#</c> included, when they are complete; else null.</summary>
    public string? Take(long position)
    {
        if (!IsPressing || (_keys[^1] is not '#' && _keys.Length != Expected && position < _pressedAt + _between))
            return null;

        var keys = _keys.ToString();
        _keys.Clear();
        return keys;
    }
}
