using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Rapida.MediaRelay.Settings;

/// <summary>When a caller has begun, has finished, or wants to be listened to now. Counted in samples of the stream, not by a clock.</summary>
internal sealed class TurnTakingOptions
{
    public const string Section = "TurnTaking";

    /// <summary>Voice that makes an utterance: shorter sounds are clicks.</summary>
    [Range(typeof(TimeSpan), "00:00:00.020", "00:00:00.500")]
    public TimeSpan Onset { get; set; } = TimeSpan.FromMilliseconds(80);

    /// <summary>Voice in which words are believed: a recogniser makes words of a cough too.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:00:05")]
    public TimeSpan Interruption { get; set; } = TimeSpan.FromMilliseconds(300);

    /// <summary>Silence after which a voice without words was no interruption, and the assistant goes on.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:00:02")]
    public TimeSpan RefusedAfterSilence { get; set; } = TimeSpan.FromMilliseconds(300);

    /// <summary>A voice in which no word has been recognised for so long is noise, and the assistant goes on.</summary>
    [Range(typeof(TimeSpan), "00:00:00.300", "00:00:10")]
    public TimeSpan RefusedWithoutWords { get; set; } = TimeSpan.FromMilliseconds(1_200);

    /// <summary>Silence that ends a turn, until the caller's own pauses are known. Shorter cuts callers off between two digits, longer makes them wait.</summary>
    [Range(typeof(TimeSpan), "00:00:00.200", "00:00:05")]
    public TimeSpan Silence { get; set; } = TimeSpan.FromMilliseconds(700);

    /// <summary>The least silence that ends the turn of somebody who never pauses.</summary>
    [Range(typeof(TimeSpan), "00:00:00.200", "00:00:05")]
    public TimeSpan ShortestSilence { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>The most silence that ends the turn of somebody who pauses long.</summary>
    [Range(typeof(TimeSpan), "00:00:00.200", "00:00:05")]
    public TimeSpan LongestSilence { get; set; } = TimeSpan.FromMilliseconds(1_200);

    /// <summary>Silence that ends a turn whose last word asks for another: "and", "my", "to".</summary>
    [Range(typeof(TimeSpan), "00:00:00.200", "00:00:05")]
    public TimeSpan UnfinishedSilence { get; set; } = TimeSpan.FromMilliseconds(1_500);

    /// <summary>Silence after which the answer is thought of already, and kept back until the turn has ended.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:00:05")]
    public TimeSpan ThinkAheadAfter { get; set; } = TimeSpan.FromMilliseconds(300);

    /// <summary>A turn is ended here even when the voice goes on: it is noise, or somebody else.</summary>
    [Range(typeof(TimeSpan), "00:00:05", "00:05:00")]
    public TimeSpan LongestTurn { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>Keys belong together when they follow each other this quickly; <c>#</c> ends them at once.</summary>
    [Range(typeof(TimeSpan), "00:00:00.500", "00:00:10")]
    public TimeSpan BetweenKeys { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How long nothing is taken for a voice after a key: its tone may still sound.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:02")]
    public TimeSpan DeafAfterKey { get; set; } = TimeSpan.FromMilliseconds(300);
}

[OptionsValidator]
internal sealed partial class TurnTakingOptionsValidator : IValidateOptions<TurnTakingOptions>;
