using System.Globalization;
using System.Text;
using Rapida.TwilioEmulator.TwiML;
using Rapida.TwilioEmulator.Webhooks;

namespace Rapida.TwilioEmulator.Calls;

/// <summary>Fetches a call's TwiML, and the fallback's when the first cannot be had or cannot be run.</summary>
internal sealed class Documents(CallWebhooks webhooks)
{
    /// <summary>Null: neither the URL nor the fallback gave a document.</summary>
    public async Task<TwimlDocument?> FindAsync(Call call, DocumentSource source, CancellationToken cancellationToken)
    {
        var failure = await TryAsync(call, source, cancellationToken);
        if (failure.Document is null && call.Fallback is { } fallback)
        {
            var failedUrl = (source as DocumentSource.Remote)?.Url ?? "";
            failure = await TryAsync(
                call, new DocumentSource.Remote("fallback", fallback.Url, fallback.Method)
                {
                    Fields = [("ErrorCode", failure.Code.ToString(CultureInfo.InvariantCulture)), ("ErrorUrl", failedUrl)],
                }, cancellationToken);
        }
        foreach (var warning in failure.Document?.Warnings ?? [])
            call.Journal.Warn(warning.Code, warning.Message, call.Line.NowMs);
        return failure.Document;
    }

    private async Task<(TwimlDocument? Document, int Code)> TryAsync(Call call, DocumentSource source, CancellationToken cancellationToken)
    {
        try
        {
            var document = source switch
            {
                DocumentSource.Inline inline => TwimlParser.Parse(inline.Twiml),
                DocumentSource.Remote remote => await FetchAsync(call, remote, cancellationToken),
                _ => throw new InvalidOperationException($"Unknown source {source}."),
            };
            return (document, 0);
        }
        catch (TwimlException error)
        {
            call.Journal.Warn(error.Code, error.Message, call.Line.NowMs);
            return (null, error.Code);
        }
    }

    private async Task<TwimlDocument> FetchAsync(Call call, DocumentSource.Remote remote, CancellationToken cancellationToken)
    {
        var answer = await webhooks.SendAsync(
            call, remote.Purpose, remote.Url, remote.Method, VoiceFields.ForDocument(call, remote.Fields), cancellationToken);
        if (!answer.Succeeded)
            throw new TwimlException(answer.ErrorCode!.Value, answer.Error!);
        if (answer is { Chunked: true, Body: [] })
            throw new TwimlException(11770, "Empty response body");

        return Read(answer) with { BaseUrl = answer.Url };
    }

    private static TwimlDocument Read(WebhookOutcome answer) => answer.ContentType?.ToLowerInvariant() switch
    {
        "text/xml" or "application/xml" or "text/html" => TwimlParser.Parse(answer.Body),
        "text/plain" => ReadText(answer.Body),
        var other => throw new TwimlException(12300, $"Invalid Content-Type: {other ?? "none"}"),
    };

    // Text that is no TwiML is read aloud.
    private static TwimlDocument ReadText(byte[] body)
    {
        try
        {
            return TwimlParser.Parse(body);
        }
        catch (TwimlException malformed) when (malformed.Code == 12100)
        {
            return new TwimlDocument([new SayVerb(Encoding.UTF8.GetString(body), 1)], []);
        }
    }
}
