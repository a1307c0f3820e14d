using System.Text.Json.Serialization;

namespace Rapida.TwilioEmulator.Dialling;

internal enum DialOutcome
{
    Answered,
    Busy,
    [JsonStringEnumMemberName("no-answer")] NoAnswer,
    Failed,
}

/// <summary>Somebody who can be dialled.</summary>
/// <param name="Outcome">What comes of it.</param>
/// <param name="RingsFor">How long it takes until then; who does not answer lets it ring until the dialler gives up.</param>
/// <param name="Stays">How long who answered stays.</param>
/// <param name="Says">What is said after answering: mu-law at 8 kHz.</param>
internal sealed record Person(DialOutcome Outcome, TimeSpan RingsFor, TimeSpan Stays, ReadOnlyMemory<byte> Says)
{
    /// <summary>Whoever nothing is known of does not answer.</summary>
    public static Person Nobody { get; } = new(DialOutcome.NoAnswer, TimeSpan.Zero, TimeSpan.Zero, default);
}
