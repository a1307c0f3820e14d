namespace Rapida.TwilioEmulator.Line;

/// <summary>Whoever takes the keys that the caller presses.</summary>
internal interface IKeys
{
    /// <param name="digit">0 to 9, *, # or A to D.</param>
    void Press(char digit);
}
