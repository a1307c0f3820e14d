using System.Globalization;

namespace Rapida.Call;

/// <summary>The echo of the emulated line, written as <c>200,15</c>: 80 to 300 ms late, 10 to 30 dB softer. The emulator checks the ranges.</summary>
internal sealed record LineEcho(int DelayMs, double LossDb)
{
    public static LineEcho Parse(string text) =>
        text.Split(',') is [var delay, var loss]
        && int.TryParse(delay, NumberStyles.None, CultureInfo.InvariantCulture, out var delayMs)
        && double.TryParse(loss, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var lossDb)
            ? new(delayMs, lossDb)
            : throw new CallFailedException($"An echo is a delay in ms and a loss in dB, for example ECHO=200,15; not '{text}'.");
}
