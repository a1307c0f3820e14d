using Rapida.Media.V1;

namespace Rapida.CallControl.Calls;

/// <summary>One telephone call, as far as we know. Only Twilio's word makes it terminal.</summary>
internal sealed class Call
{
    public Guid Id { get; init; }

    public Guid ProjectId { get; init; }

    /// <summary>Minted here; Recording upserts it on the first fact that it hears.</summary>
    public Guid ConversationId { get; init; }

    public required string AssistantId { get; init; }

    public int AssistantVersion { get; init; }

    public required string Direction { get; init; }

    public CallStatus Status { get; set; }

    /// <summary>Twilio's. Null of a call that we place until Twilio has named it: in its answer, in a callback or in a stream, whichever comes first.</summary>
    public string? CallSid { get; set; }

    public required string AccountSid { get; init; }

    /// <summary>The signature of the webhook that began this call: who sends the same again gets the same answer, and moves nothing.</summary>
    public string? OpeningSignature { get; init; }

    /// <summary>That webhook's <c>I-Twilio-Idempotency-Token</c>, which Twilio's retries repeat.</summary>
    public string? OpeningToken { get; init; }

    /// <summary>The Twilio credential whose token signs this call's webhooks.</summary>
    public Guid CredentialId { get; init; }

    /// <summary>As Twilio sent it, where a withheld number is no number; of a call that we place, the number that it shows. Personal.</summary>
    public required string FromAddress { get; init; }

    /// <summary>Personal.</summary>
    public required string ToAddress { get; init; }

    /// <summary>Stands for the other party wherever a number has no business.</summary>
    public Guid PartyId { get; init; }

    /// <summary>Counts the media streams of this call. What an older one says is refused everywhere.</summary>
    public int Attempt { get; set; }

    /// <summary>What the relay has said before it closed its socket; <c>/next</c> carries it out and clears it.</summary>
    public LeaveIntent Intent { get; set; }

    public string? IntentTarget { get; set; }

    /// <summary>Why the relay left: assistant, idle, max_duration or error. Remembered for the outcome.</summary>
    public string? LeaveReason { get; set; }

    /// <summary>The call could not be held, and this is why: an outcome of our own making, such as <c>missing_version</c>.</summary>
    public string? FailureCode { get; set; }

    /// <summary>It shall end, and this is why: one of <see cref="HangUpReasons"/>. Twilio is told until it says that the call is over.</summary>
    public string? HangUpReason { get; set; }

    public string? EndedBy { get; set; }

    public string? Fault { get; set; }

    public int? DurationSeconds { get; set; }

    /// <summary>What Twilio's machine detection heard: human, machine_start, fax, unknown, ….</summary>
    public string? AnsweredBy { get; set; }

    /// <summary>The last response of the signalling: 200, 486, 603, ….</summary>
    public int? SipCode { get; set; }

    /// <summary>Twilio's, such as 21211.</summary>
    public int? ErrorCode { get; set; }

    /// <summary>In <see cref="PriceUnit"/>, negative as Twilio has it; known some time after the end.</summary>
    public decimal? Price { get; set; }

    public string? PriceUnit { get; set; }

    /// <summary>What the tenant sent with a call, as a JSON object; null: nothing. May be personal.</summary>
    public string? Metadata { get; init; }

    /// <summary>The Idempotency-Key that a call was placed with.</summary>
    public string? IdempotencyKey { get; init; }

    /// <summary>SHA-256 of what was asked for with that key: the same key with something else is a mistake.</summary>
    public byte[]? RequestHash { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? AnsweredAt { get; set; }

    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>When Twilio is asked how the call is, unless it says so before. Null while a call waits to be dialled, and once it has ended.</summary>
    public DateTimeOffset? AskTwilioAt { get; set; }

    /// <summary>When Twilio is asked what an ended call cost. Null: it is not, or not any more.</summary>
    public DateTimeOffset? AskPriceAt { get; set; }

    /// <summary>Counts the events about this call.</summary>
    public long EventSequence { get; set; }

    /// <summary>Asks Twilio by this time at the latest.</summary>
    public void AskTwilioBy(DateTimeOffset time)
    {
        if (!Status.IsTerminal() && (AskTwilioAt is null || AskTwilioAt > time))
            AskTwilioAt = time;
    }
}
