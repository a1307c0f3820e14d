using Rapida.Media.V1;

namespace Rapida.CallControl.Media;

/// <summary>The right to carry one media stream of one call: written when Twilio is told to connect, claimed when it has.</summary>
internal sealed class MediaContext
{
    /// <summary>128 random bits with a truncated MAC. It stands in a URL.</summary>
    public required string Id { get; init; }

    public Guid ProjectId { get; init; }

    public Guid CallId { get; init; }

    /// <summary><see cref="SessionSettings"/>, frozen when the call was answered.</summary>
    public required byte[] Settings { get; set; }

    /// <summary>False of rows that older versions wrote: their settings may hold headers of tools in clear.</summary>
    public bool HoldsNoHeaders { get; set; }

    /// <summary>What Twilio was told, for when it asks again.</summary>
    public required string Twiml { get; init; }

    /// <summary>What <c>/next</c> has answered for this context: a retry hears the same.</summary>
    public string? NextTwiml { get; set; }

    public string? StreamSid { get; set; }

    /// <summary>The call's attempt that this context was claimed as; 0 while it is not.</summary>
    public int Attempt { get; set; }

    public string? RelayAddress { get; set; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? ClaimedAt { get; set; }

    /// <summary>W3C trace context of the webhook that made it: Twilio carries none, so it waits here for the socket.</summary>
    public string? TraceParent { get; init; }

    public SessionSettings ReadSettings() => SessionSettings.Parser.ParseFrom(Settings);
}
