using Rapida.Call.Chaos;
using Rapida.Call.Dial;
using Rapida.Call.Soak;

namespace Rapida.Call;

/// <summary>Something that whoever calls can mend. The message says what.</summary>
internal sealed class CallFailedException(string message) : Exception(message);

/// <summary>
/// The command line: <c>[--to NUMBER] [--wav FILE] [--timed] [--echo MS,DB]</c>, or <c>--barge-in</c>, or <c>--soak CALLS,MINUTES</c>, or
/// <c>--dial NUMBER OUTCOME</c>, <c>--chaos CALLS,KILLS</c>, <c>--load</c>, <c>--compose</c>, or <c>--replay CALL [NAME=VALUE …]</c>.
/// </summary>
/// <param name="To">The number that rings; null: the demo's.</param>
/// <param name="Wav">What the caller says; null for the default.</param>
/// <param name="IsTimed">Plays the recording straight instead of piece by piece.</param>
/// <param name="Echo">What the line returns of the assistant; null for nothing.</param>
/// <param name="IsBargeIn">Interrupts the assistant instead of talking with it.</param>
/// <param name="Soak">Many calls at once; null for one.</param>
/// <param name="Replay">A call to decide again; null for a new one.</param>
/// <param name="Dial">A number that the assistant calls; null: it is called.</param>
/// <param name="Chaos">Many calls while much goes wrong; null for none.</param>
/// <param name="IsLoad">Measures how fast calls are placed and answered.</param>
/// <param name="IsCompose">Only puts the default caller's recording together, for whoever is called.</param>
/// <param name="Checkout">The folder of the solution.</param>
internal sealed record CallOptions(
    string? To, string? Wav, bool IsTimed, LineEcho? Echo, bool IsBargeIn, SoakOptions? Soak, ReplayOptions? Replay, DialOptions? Dial, ChaosOptions? Chaos,
    bool IsLoad, bool IsCompose, string Checkout)
{
    public string DataFolder => Environment.GetEnvironmentVariable("RAPIDA_DATA") ?? Path.Combine(Checkout, ".data");

    public static CallOptions Parse(string[] args)
    {
        string? to = null;
        string? wav = null;
        LineEcho? echo = null;
        SoakOptions? soak = null;
        ReplayOptions? replay = null;
        DialOptions? dial = null;
        ChaosOptions? chaos = null;
        var (isTimed, isBargeIn, isLoad, isCompose) = (false, false, false, false);
        for (var i = 0; i < args.Length; i++)
        {
            switch (args[i])
            {
                case "--timed":
                    isTimed = true;
                    break;
                case "--compose":
                    isCompose = true;
                    break;
                case "--to" when i + 1 < args.Length:
                    to = args[++i];
                    break;
                case "--wav" when i + 1 < args.Length:
                    wav = Path.GetFullPath(args[++i]);
                    break;
                case "--barge-in":
                    isBargeIn = true;
                    break;
                case "--load":
                    isLoad = true;
                    break;
                case "--echo" when i + 1 < args.Length:
                    echo = LineEcho.Parse(args[++i]);
                    break;
                case "--soak" when i + 1 < args.Length:
                    soak = SoakOptions.Parse(args[++i]);
                    break;
                case "--dial" when i + 2 < args.Length:
                    dial = DialOptions.Parse(args[++i], args[++i]);
                    break;
                case "--chaos" when i + 1 < args.Length:
                    chaos = ChaosOptions.Parse(args[++i]);
                    break;
                case "--replay" when i + 1 < args.Length:
                    replay = new ReplayOptions(args[i + 1], args[(i + 2)..]);
                    i = args.Length;
                    break;
                default:
                    throw new CallFailedException("usage: make call [TO=+13125550100] [WAV=file.wav] [TIMED=1] [ECHO=200,15], make dial TO=+15551234567 [AS=busy], make chaos-calls [CHAOS=1000,12], make barge-in, make soak [SOAK=50,10], or make replay [CALL=id] [SET='NAME=VALUE']");
            }
        }

        if (wav is not null && !File.Exists(wav))
            throw new CallFailedException($"There is no file {wav}.");
        return new(to, wav, isTimed, echo, isBargeIn, soak, replay, dial, chaos, isLoad, isCompose, FindCheckout());
    }

    private static string FindCheckout()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Rapida.sln")))
                return folder.FullName;
        throw new CallFailedException("This tool belongs into a checkout of Rapida: run it with make call.");
    }
}
