using Rapida.TwilioEmulator.Line;

namespace Rapida.TwilioEmulator.Control;

/// <summary>What the caller's telephone returns of the other side: 80 to 300 ms later, 10 to 30 dB softer.</summary>
internal sealed record EchoRequest(int DelayMs, double LossDb)
{
    /// <exception cref="InvalidCallException">Out of range.</exception>
    public Echo ToEcho()
    {
        if (DelayMs is < Echo.ShortestMs or > Echo.LongestMs || LossDb is not (>= Echo.LeastLossDb and <= Echo.MostLossDb))
        {
            throw new InvalidCallException(
                "invalid_echo",
                $"An echo has delay_ms from {Echo.ShortestMs} to {Echo.LongestMs} and loss_db from {Echo.LeastLossDb} to {Echo.MostLossDb}.");
        }
        return new Echo(DelayMs, LossDb);
    }
}
