using System.Buffers;
using Rapida.Audio;

namespace Rapida.TwilioEmulator.Line;

/// <summary>The tones of a telephone's keys (ITU-T Q.23), as <c>&lt;Play digits&gt;</c> sounds them.</summary>
internal static class Dtmf
{
    // Keys in their rows and columns.
    private const string Keypad = "123A456B789C*0#D";

    // ITU-T Q.24 wants at least 40 ms of each; Twilio's own lengths are not published.
    private const int ToneBytes = 5 * Frame.Bytes;
    private const int GapBytes = 5 * Frame.Bytes;
    private const int HalfSecondBytes = 25 * Frame.Bytes;

    private static readonly int[] RowHertz = [697, 770, 852, 941];
    private static readonly int[] ColumnHertz = [1209, 1336, 1477, 1633];
    private static readonly SearchValues<char> Known = SearchValues.Create(Keypad + "wW");

    /// <summary>Keys, w for half a second of silence, W for a second; at least one.</summary>
    public static bool IsValid(string digits) => digits.Length > 0 && !digits.AsSpan().ContainsAnyExcept(Known);

    /// <summary>mu-law at 8 kHz.</summary>
    public static byte[] Render(string digits)
    {
        var audio = new byte[digits.Sum(LengthOf)];
        audio.AsSpan().Fill(Mulaw.Silence);
        var at = 0;
        foreach (var digit in digits)
        {
            if (Keypad.IndexOf(digit, StringComparison.Ordinal) is >= 0 and var key)
                DualTone.Fill(audio.AsSpan(at, ToneBytes), RowHertz[key / 4], ColumnHertz[key % 4], -10);
            at += LengthOf(digit);
        }
        return audio;
    }

    private static int LengthOf(char digit) => digit switch
    {
        'w' => HalfSecondBytes,
        'W' => 2 * HalfSecondBytes,
        _ => ToneBytes + GapBytes,
    };
}
