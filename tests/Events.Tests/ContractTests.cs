using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Rapida.Contracts.Events;
using Rapida.Events.Outbox;

namespace Events.Tests;

/// <summary>Rows and messages outlive the version that wrote them: a change to <c>events.json</c> asks for a new URN.</summary>
public sealed class ContractTests
{
    private static readonly Guid Project = Guid.Parse("0197a000-0000-7000-8000-000000000001");
    private static readonly Guid Aggregate = Guid.Parse("0197a000-0000-7000-8000-000000000002");
    private static readonly Guid Other = Guid.Parse("0197a000-0000-7000-8000-000000000003");
    private static readonly DateTimeOffset Time = new(2026, 1, 31, 12, 30, 59, 250, TimeSpan.Zero);

    private static readonly IBusinessEvent[] Samples =
    [
        new CallAnswered(Project, Aggregate, 1, Time, Other, AssistantId: "123456789012345", AssistantVersion: 3, Direction: "inbound", PartyId: Other),
        new CallEnded(Project, Aggregate, 2, Time, Other, Status: "completed", EndedBy: "caller", Fault: "none", Attempts: 1),
        new RecordingReady(Project, Aggregate, 1, Time, RecordingId: Other, DurationMs: 61_500),
        new DeploymentSaved(Project, Aggregate, 4, Time, AssistantId: "123456789012345"),
        new ApiKeyRevoked(Project, Aggregate, 1, Time),
        new CredentialChanged(Project, Aggregate, 2, Time),
    ];

    private static readonly JsonObject Pinned = JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "events.json")))!.AsObject();

    [Fact]
    public void Every_event_has_a_sample_here() => Assert.Equal(
        typeof(IBusinessEvent).Assembly.GetTypes().Where(type => type.IsClass && type.IsAssignableTo(typeof(IBusinessEvent))).ToHashSet(),
        Samples.Select(sample => sample.GetType()).ToHashSet());

    [Fact]
    public void Every_event_is_written_as_it_always_was()
    {
        var written = new JsonObject(Samples.Select(Announced).Select(row => KeyValuePair.Create(row.Type, JsonNode.Parse(row.Body))));

        Assert.True(JsonNode.DeepEquals(Pinned, written), $"events.json no longer holds. What is written now: {written}");
    }

    [Fact]
    public void What_was_written_can_still_be_read()
    {
        foreach (var sample in Samples)
            Assert.Equal(sample, Pinned[Announced(sample).Type].Deserialize(sample.GetType(), JsonSerializerOptions.Web));
    }

    [Fact]
    public void Every_event_has_a_pinned_name_on_the_wire_and_an_exchange_of_the_same_name()
    {
        foreach (var type in Samples.Select(sample => sample.GetType()))
        {
            var urn = type.GetCustomAttribute<MessageUrnAttribute>()!.Urn.ToString();
            Assert.Matches("^urn:message:rapida:[a-z-]+:v[1-9]$", urn);
            Assert.Equal(urn["urn:message:".Length..].Replace(':', '.'), type.GetCustomAttribute<EntityNameAttribute>()!.EntityName);
        }
    }

    private static OutboxMessage Announced(IBusinessEvent fact)
    {
        using var db = new FactsDbContext(new DbContextOptionsBuilder<FactsDbContext>().UseNpgsql().Options);
        db.Outbox.Announce(fact);
        return db.Outbox.Local.Single();
    }
}
