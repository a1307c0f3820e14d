using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Rapida.Recording.Conversations;

/// <summary>A conversation as the outside sees it, over REST (as JSON) and over gRPC.</summary>
/// <param name="CompleteAttempts">Everything of the streams 1 to this one is stored. 0 in a list. For a relay that goes on.</param>
internal sealed record ConversationView(
    Guid Id,
    Guid? CallId,
    string? AssistantId,
    int? AssistantVersion,
    [property: Description("`inbound` or `outbound`.")] string? Direction,
    [property: AllowedValues(ConversationView.Queued, "in-progress", "ended")]
    [property: Description("`queued`: the call is known, and nothing was said yet.")] string Status,
    [property: Description("The call's last status, such as `completed`. Null until it ends.")] string? Outcome,
    [property: Description("As the call has it.")] string? EndedBy,
    [property: Description("As the call has it.")] string? Fault,
    DateTimeOffset? StartedAt,
    DateTimeOffset? EndedAt,
    [property: Description("Null until a recording is ready.")] Guid? RecordingId,
    [property: Description("Names the call in traces.")] string? TraceId,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull), Description("Not in a list.")] IReadOnlyList<TurnView>? Turns = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull), Description("The values that were collected, by name. Not in a list.")]
    IReadOnlyDictionary<string, string>? Collected = null,
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
internal sealed record TurnView(
    [property: Description("The media stream it belongs to: a call that was transferred and came back has more than one.")] int Attempt,
    [property: Description("From 1 within the attempt.")] int Index,
    [property: AllowedValues("caller", "assistant")] string Speaker,
    [property: Description("What was said; by an assistant that was interrupted, what was heard of it.")] string Text,
    [property: Description("Place in the recording.")] long StartMs,
    [property: Description("Place in the recording.")] long EndMs,
    [property: Description("The caller interrupted.")] bool Interrupted,
    [property: Description("From the caller's last voice to the assistant's first; 0 when it is not an answer.")] int GapMs,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull), Description("Of an answer alone.")] WaterfallView? Waterfall = null);

/// <summary>Where the time of an answer went: milliseconds since the caller's last voice. Null: not reached.</summary>
internal sealed record WaterfallView(
    [property: Description("It was decided that the caller had finished: milliseconds since the caller's last voice, as all of these. Null: not reached.")]
    int? EndOfTurnMs,
    [property: Description("The words were there.")] int? TranscriptMs,
    [property: Description("The model began; before the end of the turn when it thought ahead.")] int? FirstTokenMs,
    [property: Description("The voice began.")] int? FirstAudioMs,
    [property: Description("The first frame went to the carrier.")] int? FirstSentMs,
    [property: Description("A mark proved that the caller heard it.")] int? FirstConfirmedMs)
{
    private static readonly JsonSerializerOptions Stored = new(JsonSerializerDefaults.Web);

    public static WaterfallView? Parse(string? json) => json is null ? null : JsonSerializer.Deserialize<WaterfallView>(json, Stored);
}
