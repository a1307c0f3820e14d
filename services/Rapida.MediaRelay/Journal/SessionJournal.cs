using System.Text.Json;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Rapida.Conversations.V1;
using Rapida.Media.V1;
using Rapida.MediaRelay.Playout;
using Rapida.MediaRelay.Sessions;

namespace Rapida.MediaRelay.Journal;

/// <summary>What one session has to say to Recording, numbered without gaps. Used by the session's loop only.</summary>
internal sealed class SessionJournal
{
    private readonly ClaimResponse _claim;
    private readonly IJournalSink _sink;
    private readonly TimeProvider _clock;
    private readonly TrackTap _caller;
    private readonly TrackTap _assistant;
    private readonly InputTape _inputs;
    private readonly Dictionary<string, string> _collected = new(StringComparer.Ordinal);
    private long _sequence;
    private int _turns;

    public SessionJournal(ClaimResponse claim, IJournalSink sink, TimeProvider clock)
    {
        (_claim, _sink, _clock) = (claim, sink, clock);
        _caller = new TrackTap((first, mulaw) => Record(Track.Caller, first, mulaw));
        _assistant = new TrackTap((first, mulaw) => Record(Track.Assistant, first, mulaw));
        _inputs = new InputTape(inputs => Add(new JournalEntry { Inputs = inputs }));
    }

    public void Opened() => Add(new JournalEntry
    {
        Opened = new SessionOpened
        {
            CallId = _claim.CallId,
            AssistantId = _claim.Settings.AssistantId,
            AssistantVersion = _claim.Settings.AssistantVersion,
            Traceparent = _claim.Traceparent,
        },
    });

    /// <summary>What decisions will depend on besides the inputs.</summary>
    public void Settings(string settingsJson) => _inputs.Begin(settingsJson);

    /// <summary>What is decided on now.</summary>
    public void Took(in Sessions.SessionInput input) => _inputs.Took(input);

    /// <summary>What was made of the caller's frame that is decided on now.</summary>
    public void Perceived(in Perception perception) => _inputs.Perceived(perception);

    public void CallerAudio(long firstSample, ReadOnlySpan<byte> mulaw) => _caller.Write(firstSample, mulaw);

    public void AssistantAudio(long firstSample, ReadOnlySpan<byte> mulaw) => _assistant.Write(firstSample, mulaw);

    public void CallerSaid(long from, long until, string words) => Add(Speaker.Caller, words, from, until, isInterrupted: false, gapMs: 0);

    public void CallerPressed(long at, string keys) => Add(Speaker.Caller, keys, at, at, isInterrupted: false, gapMs: 0);

    /// <param name="turn">What was said.</param>
    /// <param name="words">What was heard of it.</param>
    /// <param name="isInterrupted">The caller cut it off.</param>
    public void AssistantSaid(AssistantTurn turn, string words, bool isInterrupted)
    {
        var gapMs = turn is { Question: { VoiceUntil: var until }, AudibleFrom: { } from } ? Math.Max(0, StreamTime.ToMilliseconds(from - until)) : 0;
        if (gapMs > 0)
            RelayMetrics.TurnGap.Record(gapMs / 1_000.0);
        var waterfall = turn.Question is { } question ? WaterfallTelemetry.Tell(turn.Waterfall, question) : null;
        Add(Speaker.Assistant, words, turn.HeardFrom ?? 0, turn.HeardUntil, isInterrupted, gapMs, waterfall);
    }

    /// <summary>Notes the values that are new or have changed.</summary>
    public void Collected(IReadOnlyDictionary<string, string> values)
    {
        foreach (var (name, value) in values)
        {
            if (_collected.TryGetValue(name, out var known) && known == value)
                continue;
            _collected[name] = value;
            Add(new JournalEntry { Collected = new ValueCollected { Name = name, Value = value } });
        }
    }

    public void Decided(string kind, long at, params ReadOnlySpan<(string Name, long Value)> inputs)
    {
        var detail = new Dictionary<string, long>(inputs.Length);
        foreach (var (name, value) in inputs)
            detail[name] = value;
        Add(new JournalEntry { Decision = new Decision { Kind = kind, AtSample = at, DetailJson = JsonSerializer.Serialize(detail) } });
    }

    public void ToolStarted(string id, string name, string argumentsJson) =>
        Add(new JournalEntry { ToolStarted = new ToolStarted { Id = id, Name = name, ArgumentsJson = argumentsJson } });

    public void ToolFinished(string id, bool succeeded, string result) =>
        Add(new JournalEntry
        {
            ToolFinished = new ToolFinished { Id = id, Succeeded = succeeded, ResultJson = JsonSerializer.Serialize(new { text = result }) },
        });

    public void Closed(string reason, long samples)
    {
        _caller.Flush();
        _assistant.Flush();
        _inputs.Flush();
        Add(new JournalEntry { Closed = new SessionClosed { Reason = reason, Samples = samples } });
    }

    private void Add(
        Speaker speaker, string text, long from, long until, bool isInterrupted, int gapMs, Rapida.Conversations.V1.Waterfall? waterfall = null)
    {
        var turn = new Turn
        {
            Index = ++_turns,
            Speaker = speaker,
            Text = text,
            StartSample = from,
            EndSample = until,
            Interrupted = isInterrupted,
            GapMs = gapMs,
            Waterfall = waterfall,
        };
        Add(new JournalEntry { Turn = turn });
    }

    private void Record(Track track, long firstSample, ReadOnlyMemory<byte> mulaw)
    {
        if (_sink.HasRoomForAudio)
            // The tap has let go of the bytes.
            Add(new JournalEntry { Audio = new AudioSegment { Track = track, FirstSample = firstSample, Mulaw = UnsafeByteOperations.UnsafeWrap(mulaw) } });
        else
            RelayMetrics.LostAudio.Add(1);
    }

    private void Add(JournalEntry entry)
    {
        entry.ProjectId = _claim.ProjectId;
        entry.ConversationId = _claim.ConversationId;
        entry.Attempt = _claim.Attempt;
        entry.Sequence = ++_sequence;
        entry.OccurredAt = Timestamp.FromDateTimeOffset(_clock.GetUtcNow());
        _sink.Append(entry);
    }
}
