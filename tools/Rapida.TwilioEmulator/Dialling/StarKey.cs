using Rapida.TwilioEmulator.Calls;
using Rapida.TwilioEmulator.Line;

namespace Rapida.TwilioEmulator.Dialling;

/// <summary>The key * ends a dialled call; the others do nothing that Twilio hears of.</summary>
internal sealed class StarKey(Call call, CancellationTokenSource dialled) : IKeys
{
    public void Press(char digit)
    {
        call.Journal.Add(new CallEvent("dtmf") { AtMs = call.Line.NowMs });
        if (digit == '*')
            _ = dialled.CancelAsync();
    }
}
