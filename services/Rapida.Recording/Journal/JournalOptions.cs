using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Rapida.Recording.Journal;

/// <summary>How the journal is written.</summary>
internal sealed class JournalOptions
{
    public const string Section = "Journal";

    /// <summary>
    /// How long entries are gathered for one commit: the most that a crash costs on top of what is under way, and what the relay keeps
    /// spooled. Zero commits whatever has come.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:05")]
    public TimeSpan CommitInterval { get; set; } = TimeSpan.FromMilliseconds(200);
}

[OptionsValidator]
internal sealed partial class JournalOptionsValidator : IValidateOptions<JournalOptions>;
