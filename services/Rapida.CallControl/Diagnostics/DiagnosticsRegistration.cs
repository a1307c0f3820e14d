using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Rapida.CallControl.Database;
using Rapida.ServiceDefaults.Access;

namespace Rapida.CallControl.Diagnostics;

internal static class DiagnosticsRegistration
{
    public static void AddDiagnostics(this WebApplicationBuilder builder) => builder.Services.AddSingleton<CountDiagnostic>();

    public static void MapDiagnostics(this WebApplication app) => app.MapGet("/v1/diagnostics", ListAsync)
        .RequireScope("calls:read")
        .WithSummary("Why webhooks were refused or calls could not be held, by minute, newest first.");

    private static async Task<Ok<DiagnosticList>> ListAsync(ApiKeyHolder holder, CallsDbContext db, CancellationToken cancellationToken) =>
        TypedResults.Ok(new DiagnosticList(await db.Diagnostics.AsNoTracking()
            .Where(row => row.ProjectId == holder.ProjectId)
            .OrderByDescending(row => row.Minute)
            .Take(100)
            .Select(row => new DiagnosticView(row.Reason, row.Minute, row.Count))
            .ToListAsync(cancellationToken)));
}

internal sealed record DiagnosticList(IReadOnlyList<DiagnosticView> Diagnostics);

internal sealed record DiagnosticView(string Reason, DateTimeOffset Minute, int Count);
