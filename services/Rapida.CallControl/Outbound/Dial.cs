using Microsoft.EntityFrameworkCore;
using Rapida.CallControl.Calls;

namespace Rapida.CallControl.Outbound;

/// <summary>The dialling of one call: its place in the queue, and what is known of it.</summary>
internal sealed class Dial
{
    /// <summary>The call's id. UUID v7: the order of ids is the order of the queue.</summary>
    public Guid CallId { get; init; }

    public Guid ProjectId { get; init; }

    /// <summary>Stands for the number that calls: it is paced.</summary>
    public Guid NumberId { get; init; }

    /// <summary>Stands for account, caller's number and called number: one dial of each may be unsettled, or a listing could not tell them apart.</summary>
    public Guid LineId { get; init; }

    public DialState State { get; set; }

    /// <summary>The session's settings, frozen when the call was placed; null once they are in the media context. May be personal.</summary>
    public byte[]? Settings { get; set; }

    public MachineDetection MachineDetection { get; init; }

    /// <summary>How long the call may last, in seconds, by Twilio's clock.</summary>
    public int TimeLimitSeconds { get; init; }

    /// <summary>The first stream's context, made for the first try and kept for the next.</summary>
    public string? ContextId { get; set; }

    public int Tries { get; set; }

    /// <summary>Nothing is sent before.</summary>
    public DateTimeOffset NotBefore { get; set; }

    public DateTimeOffset? ClaimedAt { get; set; }

    /// <summary>When Twilio is asked what became of an unknown one.</summary>
    public DateTimeOffset? SettleAt { get; set; }

    public static void Map(ModelBuilder model) => model.Entity<Dial>(dial =>
    {
        dial.ToTable("dials");
        dial.HasKey(row => row.CallId);
        dial.HasOne<Call>().WithOne().HasForeignKey<Dial>(row => row.CallId);
        dial.Property(row => row.State).HasConversion<string>().HasMaxLength(16);
        dial.Property(row => row.MachineDetection).HasConversion<string>().HasMaxLength(16);
        dial.HasIndex(row => new { row.ProjectId, row.NumberId, row.CallId }).HasFilter("state = 'Waiting'");
        dial.HasIndex(row => row.LineId).IsUnique().HasFilter("state in ('Dialling', 'Unknown')");
        dial.HasIndex(row => row.SettleAt).HasFilter("settle_at is not null");
    });
}
