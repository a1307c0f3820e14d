namespace Rapida.TwilioEmulator.Dialling;

/// <summary>One person who was dialled. Times in ms are milliseconds of the caller's line.</summary>
/// <param name="CallSid">Of the call to this person.</param>
/// <param name="To">As the document has it.</param>
/// <param name="From">Which number the person sees.</param>
/// <param name="StartMs">When it began to ring.</param>
internal sealed record DialReport(string CallSid, string To, string From, int StartMs)
{
    public int? AnsweredMs { get; init; }

    public int? EndMs { get; init; }

    /// <summary>completed, busy, no-answer, failed or canceled; null while it rings or they talk.</summary>
    public string? Status { get; init; }

    /// <summary>How long they talked, to the nearest second.</summary>
    public int Seconds => AnsweredMs is { } answered && EndMs is { } end ? (end - answered + 500) / 1000 : 0;
}
