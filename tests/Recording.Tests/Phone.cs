using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Rapida.Audio;
using Rapida.Contracts.Events;
using Rapida.Conversations.V1;

namespace Recording.Tests;

/// <summary>One attempt of a call as a relay journals it: numbers its entries.</summary>
internal sealed class Phone
{
    public static readonly DateTimeOffset Began = new(2026, 3, 1, 9, 0, 0, TimeSpan.Zero);

    private long _sequence;

    public Guid Project { get; init; } = Guid.CreateVersion7();

    public Guid Conversation { get; init; } = Guid.CreateVersion7();

    public Guid Call { get; init; } = Guid.CreateVersion7();

    public Guid Party { get; init; } = Guid.NewGuid();

    public int Attempt { get; init; } = 1;

    /// <summary>When the stream opened, counted from the first attempt's.</summary>
    public TimeSpan After { get; init; }

    public string TraceId { get; init; } = Guid.NewGuid().ToString("N");

    /// <summary>The next attempt of the same call.</summary>
    public Phone Again(TimeSpan after) => new()
    {
        Project = Project,
        Conversation = Conversation,
        Call = Call,
        Party = Party,
        TraceId = TraceId,
        Attempt = Attempt + 1,
        After = after,
    };

    public JournalEntry Opened() => Next(new()
    {
        Opened = new()
        {
            CallId = Call.ToString(),
            AssistantId = "123456789012345",
            AssistantVersion = 7,
            Traceparent = $"00-{TraceId}-00f067aa0ba902b7-01",
        },
    });

    public JournalEntry Audio(Track track, long firstSample, byte[] mulaw) =>
        Next(new() { Audio = new() { Track = track, FirstSample = firstSample, Mulaw = ByteString.CopyFrom(mulaw) } });

    public JournalEntry Turn(
        int index, Speaker speaker, string text, long start, long end, bool interrupted = false, int gap = 0, Waterfall? waterfall = null) => Next(new()
        {
            Turn = new()
            {
                Index = index,
                Speaker = speaker,
                Text = text,
                StartSample = start,
                EndSample = end,
                Interrupted = interrupted,
                GapMs = gap,
                Waterfall = waterfall,
            },
        });

    public JournalEntry Collected(string name, string value) => Next(new() { Collected = new() { Name = name, Value = value } });

    public JournalEntry Decided(string detail) =>
        Next(new() { Decision = new() { Kind = "barge_in", AtSample = 80, DetailJson = detail } });

    public JournalEntry Closed(long samples, string reason = "caller") =>
        Next(new() { Closed = new() { Reason = reason, Samples = samples } });

    public CallAnswered Answered(long sequence = 2) => new(
        Project, Call, sequence, Began, Conversation, "123456789012345", 7, "inbound", Party);

    public CallEnded Ended(long sequence = 3, int? attempts = null) => new(
        Project, Call, sequence, Began.AddMinutes(1), Conversation, "completed", "caller", "none", attempts ?? Attempt);

    /// <summary>A tone as mu-law.</summary>
    public static byte[] Tone(double hertz, int samples)
    {
        var codes = new byte[samples];
        for (var i = 0; i < samples; i++)
            codes[i] = Mulaw.Encode((short)(8_000 * Math.Sin(2 * Math.PI * hertz * i / 8_000)));
        return codes;
    }

    public JournalEntry Next(JournalEntry entry)
    {
        entry.ProjectId = Project.ToString();
        entry.ConversationId = Conversation.ToString();
        entry.Attempt = Attempt;
        entry.Sequence = ++_sequence;
        entry.OccurredAt = (Began + After).ToTimestamp();
        return entry;
    }
}
