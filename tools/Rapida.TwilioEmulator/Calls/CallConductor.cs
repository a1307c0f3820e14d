using Rapida.TwilioEmulator.Dialling;
using Rapida.TwilioEmulator.Line;
using Rapida.TwilioEmulator.Streams;
using Rapida.TwilioEmulator.TwiML;

namespace Rapida.TwilioEmulator.Calls;

/// <summary>Carries out a call's documents, verb by verb, until none is left or the call is over.</summary>
internal sealed class CallConductor(Documents documents, StreamSession streams, Dialler dialler, Announcer announcer, TimeProvider clock)
{
    private const string ApplicationError = "We are sorry. An application error has occurred. Goodbye.";

    // Where the endless loop of Twilio would go on for hours.
    private const int LongLoop = 1000;

    public async Task RunAsync(Call call, DocumentSource first, CancellationToken cancellationToken)
    {
        for (DocumentSource? next = first; next is not null && !call.IsEnding; next = call.TakeUpdate() ?? next)
        {
            var document = await documents.FindAsync(call, next, cancellationToken);
            next = document is null ? null : await RunAsync(call, document, cancellationToken);
            if (document is null && !call.Interrupted.IsCancellationRequested)
                await ApologiseAsync(call, cancellationToken);
        }
        call.HangUp(EndReason.EndOfDocument);
    }

    /// <summary>The document that follows, if one does.</summary>
    private async Task<DocumentSource?> RunAsync(Call call, TwimlDocument document, CancellationToken cancellationToken)
    {
        foreach (var (index, verb) in document.Verbs.Index())
        {
            if (call.Interrupted.IsCancellationRequested)
                return null;
            if (!LeavesRinging(verb, index))
                call.Answer();

            try
            {
                if (await RunAsync(call, document, verb, cancellationToken) is { } next)
                    return next;
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                return null;
            }
        }
        // A document without a verb is answered too; a call that waited for a person who did not come is not.
        if (document.Verbs is not [.., DialVerb { AnswerOnBridge: true }])
            call.Answer();
        return null;
    }

    private async Task<DocumentSource?> RunAsync(Call call, TwimlDocument document, Verb verb, CancellationToken cancellationToken)
    {
        switch (verb)
        {
            case ConnectVerb connect:
                return await ConnectAsync(call, document, connect, cancellationToken);
            case SayVerb say:
                await SayAsync(call, say, cancellationToken);
                break;
            case PlayDigitsVerb play:
                await RepeatAsync(call, play.Loop, "played", play.Digits, Dtmf.Render(play.Digits));
                break;
            case PauseVerb pause when call.Status == CallStatus.Ringing:
                await Task.Delay(pause.Length, clock, call.Interrupted);
                break;
            case PauseVerb pause:
                await call.Line.PlayAsync(default, pause.Length, call.Interrupted);
                break;
            case DialVerb dial:
                var outcome = await dialler.RunAsync(call, dial);
                return dial.Action is { } action ? Remote(call, document, "action", action, dial.Method, outcome) : null;
            case RedirectVerb redirect:
                return Remote(call, document, "redirect", redirect.Url, redirect.Method);
            case RejectVerb reject:
                call.HangUp(EndReason.Rejected);
                call.RejectedAs = reject.Reason == "busy" ? CallStatus.Busy : CallStatus.NoAnswer;
                break;
            case HangupVerb:
                call.HangUp(EndReason.HangupVerb);
                break;
            case UnsupportedVerb unsupported:
                call.Journal.Warn(0, $"This emulator does not carry out {unsupported.What}; it was skipped.", call.Line.NowMs);
                break;
        }
        return null;
    }

    private async Task<DocumentSource?> ConnectAsync(Call call, TwimlDocument document, ConnectVerb connect, CancellationToken cancellationToken)
    {
        var end = await streams.RunAsync(call, connect.Stream, Resolve(document, connect.Stream.Url) ?? connect.Stream.Url, cancellationToken);
        if (end == StreamEnd.Stopped)
            return null;

        var behaviour = call.Behaviour;
        var rule = end == StreamEnd.ClosedByServer ? AbnormalClose.AsNormal : behaviour.AbnormalClose;
        if (rule == AbnormalClose.EndCall)
            call.HangUp(EndReason.StreamFailed);

        var callsAction = rule == AbnormalClose.Action || (rule == AbnormalClose.AsNormal && behaviour.ConnectActionIsCalled);
        return callsAction && connect.Action is { } action ? Remote(call, document, "action", action, connect.Method) : null;
    }

    private async Task SayAsync(Call call, SayVerb say, CancellationToken cancellationToken) =>
        await RepeatAsync(call, say.Loop, "said", say.Text, await announcer.SpeakAsync(say.Text, cancellationToken));

    private static async Task RepeatAsync(Call call, int loop, string type, string text, ReadOnlyMemory<byte> audio)
    {
        for (var turn = 0; turn < (loop == 0 ? LongLoop : loop); turn++)
        {
            call.Journal.Add(new CallEvent(type) { Text = text, AtMs = call.Line.NowMs });
            await call.Line.PlayAsync(audio, Frame.Duration(audio), call.Interrupted);
        }
    }

    private async Task ApologiseAsync(Call call, CancellationToken cancellationToken)
    {
        call.Answer();
        try
        {
            await SayAsync(call, new SayVerb(ApplicationError, 1), cancellationToken);
            call.HangUp(EndReason.ApplicationError);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The caller did not want to hear it to the end, or other TwiML took over.
        }
    }

    // As the first verb, a refusal and a pause leave the call ringing; a dial may leave it so until the dialled person answers.
    private static bool LeavesRinging(Verb verb, int index) =>
        (verb is RejectVerb or PauseVerb && index == 0) || verb is DialVerb { AnswerOnBridge: true };

    private static DocumentSource.Remote? Remote(
        Call call, TwimlDocument document, string purpose, string url, string method, params IReadOnlyList<(string, string)> fields)
    {
        if (Resolve(document, url) is { } absolute)
            return new DocumentSource.Remote(purpose, absolute, method) { Fields = fields };
        call.Journal.Warn(15004, "An action URL must be absolute in TwiML that was given inline", call.Line.NowMs);
        return null;
    }

    // Absolute URLs keep their bytes; relative ones resolve against their document's.
    private static string? Resolve(TwimlDocument document, string url)
    {
        if (url.Contains("://", StringComparison.Ordinal))
            return url;
        return document.BaseUrl is { } baseUrl && Uri.TryCreate(new Uri(baseUrl), url, out var absolute) ? absolute.AbsoluteUri : null;
    }
}
