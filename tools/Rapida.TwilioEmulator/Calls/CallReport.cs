using Rapida.TwilioEmulator.Caller;
using Rapida.TwilioEmulator.Dialling;
using Rapida.TwilioEmulator.Streams;

namespace Rapida.TwilioEmulator.Calls;

/// <summary>All that is known of a call, as <c>GET /emulator/calls/{sid}</c> shows it. Times in ms are milliseconds of the line.</summary>
internal sealed record CallReport
{
    public required string CallSid { get; init; }
    public required string AccountSid { get; init; }
    public required string From { get; init; }
    public required string To { get; init; }
    public required string Direction { get; init; }
    public required string Status { get; init; }
    public required bool Finished { get; init; }
    public required bool Answered { get; init; }
    public required DateTimeOffset StartedAt { get; init; }
    public DateTimeOffset? AnsweredAt { get; init; }
    public DateTimeOffset? EndedAt { get; init; }
    public EndReason? EndReason { get; init; }

    /// <summary>What machine detection told, if it was asked.</summary>
    public string? AnsweredBy { get; init; }

    public required int LengthMs { get; init; }
    public string? HeardWav { get; init; }
    public string? CallerWav { get; init; }
    public required IReadOnlyList<StreamReport> Streams { get; init; }
    public required IReadOnlyList<UtteranceReport> CallerUtterances { get; init; }
    public required IReadOnlyList<HeardReport> Heard { get; init; }
    public required IReadOnlyList<CueReport> Cues { get; init; }
    public required IReadOnlyList<SaidReport> Said { get; init; }
    public required IReadOnlyList<PlayedReport> Played { get; init; }
    public required IReadOnlyList<DialReport> Dials { get; init; }
    public required IReadOnlyList<WebhookReport> Webhooks { get; init; }
    public required IReadOnlyList<Notice> Warnings { get; init; }
}

/// <param name="GapMs">From the end of the caller's words to the first sound heard after them; null when there was none.</param>
internal sealed record UtteranceReport(int StartMs, int? EndMs, int? GapMs);

internal sealed record HeardReport(int StartMs, int? EndMs);

/// <summary>A sentence of <c>&lt;Say&gt;</c>.</summary>
internal sealed record SaidReport(int StartMs, string Text);

/// <summary>Keys of <c>&lt;Play digits&gt;</c> that the caller heard; w and W are pauses.</summary>
internal sealed record PlayedReport(int StartMs, string Digits);

/// <param name="Url">Without the values of its query, which may be keys.</param>
/// <param name="Status">Null when there was no answer; then <paramref name="ErrorCode"/> says why.</param>
internal sealed record WebhookReport(string Purpose, string Method, string Url, int? Status, int? ErrorCode, int DurationMs, DateTimeOffset At);

/// <param name="Url">Without its query.</param>
internal sealed record StreamReport(string StreamSid, string Name, string Url)
{
    public DateTimeOffset? StartedAt { get; init; }
    public int? StartedMs { get; init; }
    public DateTimeOffset? StoppedAt { get; init; }
    public int? StoppedMs { get; init; }

    /// <summary>Null while it is open.</summary>
    public StreamEnd? End { get; init; }

    /// <summary>Media messages sent to the server, one per 20 ms.</summary>
    public int FramesSent { get; init; }

    /// <summary>Media messages of the server.</summary>
    public int MediaReceived { get; init; }
}
