using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Rapida.Recording.Recordings;

/// <summary>Where recordings lie, and when they are made.</summary>
internal sealed class RecordingOptions
{
    public const string Section = "Recording";

    /// <summary>The folder of the finished files, <c>&lt;project&gt;/&lt;conversation&gt;.wav</c>. Instances share it.</summary>
    [Required(ErrorMessage = "Recording:DataFolder is missing: name the folder where recordings are kept.")]
    public string DataFolder { get; set; } = ".data/recordings";

    /// <summary>
    /// How long an ended call's journal may stay incomplete. Then its relay counts as lost, and the recording is made of what has come.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan CloseGrace { get; set; } = TimeSpan.FromSeconds(15);

    public string PathOf(Guid projectId, Guid conversationId) =>
        Path.GetFullPath(Path.Combine(DataFolder, projectId.ToString(), $"{conversationId}.wav"));
}

[OptionsValidator]
internal sealed partial class RecordingOptionsValidator : IValidateOptions<RecordingOptions>;
