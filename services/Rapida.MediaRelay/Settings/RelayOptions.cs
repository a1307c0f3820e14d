using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using Rapida.Audio;

namespace Rapida.MediaRelay.Settings;

/// <summary>What one relay carries, and how long it waits for others.</summary>
internal sealed class RelayOptions
{
    public const string Section = "MediaRelay";

    /// <summary>Streams carried at once. The next is refused with 503, so that calls in progress keep their pace.</summary>
    [Range(1, 2_000)]
    public int MaxStreams { get; set; } = 200;

    /// <summary>Where the other services reach this relay. Without it: this machine's name.</summary>
    public string InternalAddress { get; set; } = $"http://{Environment.MachineName}";

    /// <summary>How long a new socket may take until its <c>start</c> message. Then it is closed.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:01:00")]
    public TimeSpan StartTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Twilio sends a frame every 20 ms as long as the call lives. A stream without one for so long is lost.</summary>
    [Range(typeof(TimeSpan), "00:00:00.5", "00:01:00")]
    public TimeSpan LostAfter { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>How long Twilio may take nothing of what it is sent. Then nobody is there any more, and the stream is lost.</summary>
    [Range(typeof(TimeSpan), "00:00:00.5", "00:01:00")]
    public TimeSpan BlockedAfter { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How long a model or a voice may be silent in the middle of an answer. Then the call ends with the deployment's error message.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:02:00")]
    public TimeSpan ProviderTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>What tells voice from silence. <see cref="VadKind.Auto"/>: Silero when <c>make vad</c> has brought it, energy otherwise.</summary>
    public VadKind VoiceDetector { get; set; } = VadKind.Auto;

    /// <summary>Spoken when the call has reached its maximum duration.</summary>
    public string TimeIsUpMessage { get; set; } = "I am sorry, our time is up. Goodbye.";

    /// <summary>Spoken when the conversation goes on after a transfer or a break, and what was said before is not known.</summary>
    public string ReturnMessage { get; set; } = "I am back with you. What can I do for you?";

    /// <summary>Spoken after the caller was heard but not understood twice in a row.</summary>
    public string NotUnderstoodMessage { get; set; } = "Sorry, I did not catch that.";

    /// <summary>
    /// Journal entries that Recording has not stored yet, in bytes. When it is full further audio is not recorded; what was said is still noted.
    /// </summary>
    [Range(1_000_000, 1_000_000_000)]
    public int MaxUnstoredBytes { get; set; } = 64_000_000;
}

[OptionsValidator]
internal sealed partial class RelayOptionsValidator : IValidateOptions<RelayOptions>;
