using Microsoft.EntityFrameworkCore;
using Rapida.CallControl.Database;
using Rapida.ServiceDefaults.Endpoints;
using Rapida.ServiceDefaults.Problems;

namespace Rapida.CallControl.Calls;

/// <summary>Which calls are asked for. Null: all.</summary>
internal sealed record CallFilter(
    CallStatus? Status = null, string? Direction = null, string? AssistantId = null, string? ProviderCallId = null, string? From = null, string? To = null,
    DateTimeOffset? CreatedAfter = null, DateTimeOffset? CreatedBefore = null)
{
    public static Result<CallFilter> Parse(
        string? status, string? direction, string? assistantId, string? providerCallId, string? from, string? to, DateTimeOffset? after, DateTimeOffset? before) =>
        (status is not null && CallStatuses.Parse(status) is null) || direction is not (null or Directions.Inbound or Directions.Outbound)
        || Array.Exists([assistantId, providerCallId, from, to], text => text?.Contains('\0', StringComparison.Ordinal) is true)
            ? CallProblems.BadFilter
            : new CallFilter(CallStatuses.Parse(status), direction, assistantId, providerCallId, from, to, after?.ToUniversalTime(), before?.ToUniversalTime());

    public IQueryable<Call> Apply(IQueryable<Call> calls)
    {
        if (Status is { } status)
            calls = calls.Where(call => call.Status == status);
        if (Direction is { } direction)
            calls = calls.Where(call => call.Direction == direction);
        if (AssistantId is { } assistant)
            calls = calls.Where(call => call.AssistantId == assistant);
        if (ProviderCallId is { } sid)
            calls = calls.Where(call => call.CallSid == sid);
        if (From is { } from)
            calls = calls.Where(call => call.FromAddress == from);
        if (To is { } to)
            calls = calls.Where(call => call.ToAddress == to);
        if (CreatedAfter is { } after)
            calls = calls.Where(call => call.CreatedAt > after);
        if (CreatedBefore is { } before)
            calls = calls.Where(call => call.CreatedAt < before);
        return calls;
    }
}

/// <summary>A project's calls, newest first, in pages.</summary>
internal sealed class ListCalls(CallsDbContext db)
{
    public async Task<Result<Page<Call>>> ExecuteAsync(
        Guid projectId, CallFilter filter, int? pageSize, string? pageToken, CancellationToken cancellationToken)
    {
        if (!Paging.Parse<Guid>(pageSize, pageToken).TryGet(out var page, out var problem))
            return problem;

        // Ids are UUID v7: their order is the order of making.
        var calls = await filter.Apply(db.Calls.AsNoTracking())
            .Where(call => call.ProjectId == projectId && (page.Last == null || call.Id < page.Last))
            .OrderByDescending(call => call.Id)
            .Take(page.Rows)
            .ToListAsync(cancellationToken);
        return page.Of(calls, call => call.Id);
    }
}
