using Microsoft.EntityFrameworkCore;
using Rapida.Contracts.Events;

namespace Rapida.Deployments.Assistants;

/// <summary>Who answers the telephone. What it says is in its versions, where it says it is in its deployments.</summary>
internal sealed class Assistant
{
    public const int MaxName = 100;

    public required AssistantId Id { get; init; }

    public required Guid ProjectId { get; init; }

    /// <summary>Stands for the assistant in events, whose aggregates are UUIDs.</summary>
    public required Guid AggregateId { get; init; }

    public required string Name { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The latest version; 0 while there is none.</summary>
    public int LiveVersion { get; private set; }

    /// <summary>The latest save of the phone deployment; 0 while there is none.</summary>
    public int LivePhoneRevision { get; private set; }

    /// <summary>Counts what was announced of this assistant.</summary>
    public long Sequence { get; private set; }

    public static Assistant Create(Guid projectId, AssistantId id, string name, DateTimeOffset now) => new()
    {
        Id = id,
        ProjectId = projectId,
        AggregateId = Guid.CreateVersion7(now),
        Name = name,
        CreatedAt = now,
    };

    /// <summary>Makes the next version the live one.</summary>
    public DeploymentSaved NextVersion(DateTimeOffset now)
    {
        LiveVersion++;
        return Saved(now);
    }

    /// <summary>Makes the next save of the phone deployment the live one.</summary>
    public DeploymentSaved NextPhoneRevision(DateTimeOffset now)
    {
        LivePhoneRevision++;
        return Saved(now);
    }

    public static void Map(ModelBuilder model) => model.Entity<Assistant>(assistant =>
    {
        assistant.ToTable("assistants");
        assistant.HasIndex(row => new { row.ProjectId, row.CreatedAt });
        assistant.Property(row => row.Id).ValueGeneratedNever();
        assistant.Property(row => row.Name).HasMaxLength(MaxName);
    });

    private DeploymentSaved Saved(DateTimeOffset now) => new(ProjectId, AggregateId, ++Sequence, now, Id.ToString());
}
