using System.Text.Json;
using System.Text.Json.Serialization;

namespace Rapida.Recording.Conversations;

/// <summary>A conversation as the outside sees it, over REST (as JSON) and over gRPC.</summary>
/// <param name="Status">queued, in-progress or ended.</param>
/// <param name="Outcome">The call's last status: completed, busy, no-answer, failed or canceled.</param>
/// <param name="RecordingId">Null until a recording is ready.</param>
/// <param name="Turns">Null in a list.</param>
/// <param name="Collected">Null in a list.</param>
/// <param name="CompleteAttempts">Everything of the streams 1 to this one is stored. 0 in a list. For a relay that goes on.</param>
internal sealed record ConversationView(
    Guid Id,
    Guid? CallId,
    string? AssistantId,
    int? AssistantVersion,
    string? Direction,
    string Status,
    string? Outcome,
    string? EndedBy,
    string? Fault,
    DateTimeOffset? StartedAt,
    DateTimeOffset? EndedAt,
    Guid? RecordingId,
    string? TraceId,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<TurnView>? Turns = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyDictionary<string, string>? Collected = null,
    [property: JsonIgnore] int CompleteAttempts = 0)
{
    public const string Queued = "queued";

    /// <summary>Without turns and values.</summary>
    public static ConversationView Of(Conversation row) => new(
        row.Id,
        row.CallId,
        row.AssistantId,
        row.AssistantVersion,
        row.Direction,
        row.EndedAt is null ? "in-progress" : "ended",
        row.Outcome,
        row.EndedBy,
        row.Fault,
        row.StartedAt,
        row.EndedAt,
        row.RecordingId,
        // 00-<trace id>-<span id>-01
        row.TraceParent?.Split('-')[1]);
}

/// <summary>A turn.</summary>
/// <param name="Attempt">The media stream it belongs to.</param>
/// <param name="Index">From 1 within the attempt.</param>
/// <param name="Speaker">caller or assistant.</param>
/// <param name="Text">What was said; by an assistant that was interrupted, what was heard of it.</param>
/// <param name="StartMs">Place in the recording.</param>
/// <param name="EndMs">Place in the recording.</param>
/// <param name="Interrupted">The caller interrupted.</param>
/// <param name="GapMs">From the caller's last voice to the assistant's first, 0 when it is not an answer.</param>
/// <param name="Waterfall">Of an answer.</param>
internal sealed record TurnView(
    int Attempt, int Index, string Speaker, string Text, long StartMs, long EndMs, bool Interrupted, int GapMs,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] WaterfallView? Waterfall = null);

/// <summary>Where the time of an answer went: milliseconds since the caller's last voice. Null: not reached.</summary>
/// <param name="EndOfTurnMs">It was decided that the caller had finished.</param>
/// <param name="TranscriptMs">The words were there.</param>
/// <param name="FirstTokenMs">The model began; before the end of the turn when it thought ahead.</param>
/// <param name="FirstAudioMs">The voice began.</param>
/// <param name="FirstSentMs">The first frame went to the carrier.</param>
/// <param name="FirstConfirmedMs">A mark proved that the caller heard it.</param>
internal sealed record WaterfallView(
    int? EndOfTurnMs, int? TranscriptMs, int? FirstTokenMs, int? FirstAudioMs, int? FirstSentMs, int? FirstConfirmedMs)
{
    private static readonly JsonSerializerOptions Stored = new(JsonSerializerDefaults.Web);

    public static WaterfallView? Parse(string? json) => json is null ? null : JsonSerializer.Deserialize<WaterfallView>(json, Stored);
}
