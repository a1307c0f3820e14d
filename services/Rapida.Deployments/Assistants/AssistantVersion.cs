using Microsoft.EntityFrameworkCore;
using Rapida.Deployments.Providers;

namespace Rapida.Deployments.Assistants;

/// <summary>What an assistant is: its language model, its prompt and its tools. Never changed; the next version replaces it.</summary>
internal sealed class AssistantVersion
{
    public const int MaxPrompt = 50_000;

    public required Guid ProjectId { get; init; }

    public required AssistantId AssistantId { get; init; }

    /// <summary>Counts from 1.</summary>
    public required int Version { get; init; }

    /// <summary>Null while nobody has chosen one: then no call can be held.</summary>
    public required ProviderChoice? LanguageModel { get; init; }

    /// <summary>May hold <c>{{variables}}</c>.</summary>
    public required string Prompt { get; init; }

    /// <summary>What the model may have called.</summary>
    public required IReadOnlyList<HttpTool> Tools { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public static void Map(ModelBuilder model) => model.Entity<AssistantVersion>(version =>
    {
        version.ToTable("assistant_versions");
        version.HasKey(row => new { row.AssistantId, row.Version });
        version.Property(row => row.LanguageModel).IsProviderChoice();
        version.Property(row => row.Tools).AreHttpTools();
        version.HasOne<Assistant>().WithMany().HasForeignKey(row => row.AssistantId).OnDelete(DeleteBehavior.Restrict);
    });
}
