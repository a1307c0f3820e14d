using System.Text.Json.Serialization;
using Rapida.TwilioEmulator.Dialling;

namespace Rapida.TwilioEmulator.Calls;

/// <summary>One thing that happened in a call, for whoever watches it live. Only the fields that mean something are written.</summary>
/// <param name="Type">
/// queued, initiated, ringing, answered, webhook, stream_started, stream_stopped, caller_started, caller_stopped, heard_started, heard_stopped,
/// said, played, dtmf, clear, dial_started, dial_answered, dial_ended, warning, ended.
/// </param>
internal sealed record CallEvent(string Type)
{
    /// <summary>Position in the call's events, from 1.</summary>
    public int Id { get; init; }

    public DateTimeOffset At { get; init; }

    /// <summary>Milliseconds of the line, see <see cref="Line.PhoneLine"/>; 0 before it opens.</summary>
    public int AtMs { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public int? GapMs { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? Text { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public int? Code { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? Message { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public StreamReport? Stream { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public DialReport? Dial { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public WebhookReport? Webhook { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public EndReason? EndReason { get; init; }
}
