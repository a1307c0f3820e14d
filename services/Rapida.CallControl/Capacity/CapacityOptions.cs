using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Rapida.CallControl.Capacity;

/// <summary>
/// How many calls a project may hold at once, and how many may begin in a second, over all instances together. Whoever calls beyond that hears the
/// busy tone, so that one tenant's rush leaves room for the others.
/// </summary>
internal sealed class CapacityOptions
{
    public const string Section = "Calls:Capacity";

    /// <summary>For every project that has none of its own.</summary>
    [ValidateObjectMembers]
    public Allowance Default { get; } = new();

    /// <summary>What was agreed with single projects.</summary>
    [ValidateEnumeratedItems]
    public List<ProjectAllowance> Projects { get; } = [];

    /// <summary>How long a place is kept for a call of which nothing is heard. Instances tell three times in between which calls are open.</summary>
    [Range(typeof(TimeSpan), "00:00:05", "00:10:00")]
    public TimeSpan Lease { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How long Redis may take. After that an inbound call is let in, counted or not.</summary>
    [Range(typeof(TimeSpan), "00:00:00.005", "00:00:05")]
    public TimeSpan RedisWithin { get; set; } = TimeSpan.FromMilliseconds(50);

    public Allowance Of(Guid projectId) => Projects.Find(project => project.ProjectId == projectId) ?? Default;
}

internal class Allowance
{
    [Range(1, 1_000_000)]
    public int ConcurrentCalls { get; set; } = 100;

    [Range(0.01, 10_000)]
    public double CallsPerSecond { get; set; } = 10;

    /// <summary>So many at once after a pause.</summary>
    [Range(1, 10_000)]
    public int Burst { get; set; } = 20;
}

internal sealed class ProjectAllowance : Allowance
{
    public Guid ProjectId { get; set; }
}

[OptionsValidator]
internal sealed partial class CapacityOptionsValidator : IValidateOptions<CapacityOptions>;
