using Google.Protobuf;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Rapida.CallControl.Media;
using Rapida.Testing;

namespace CallControl.Tests;

/// <summary>What older versions wrote is not left lying about.</summary>
[Collection(nameof(CallsUnderTest))]
public sealed class WipeClearHeadersTests(CallsUnderTest calls)
{
    [Fact]
    public async Task Headers_that_an_older_version_wrote_are_wiped_when_the_call_is_over_and_kept_while_it_is_held()
    {
        var (over, held) = (calls.NewCaller(), calls.NewCaller());
        var (ended, goingOn) = (await over.RingAsync(), await held.RingAsync());
        await AsAnOlderVersionWroteItAsync(ended.ContextId, over.Tenant.ToolKey);
        await AsAnOlderVersionWroteItAsync(goingOn.ContextId, held.Tenant.ToolKey);
        await over.StatusAsync(ended, "completed");

        using var logs = new LogCapture();
        using var factory = new LoggerFactory([logs]);
        using var wipe = new WipeClearHeaders(
            calls.Service.Services.GetRequiredService<IServiceScopeFactory>(), calls.Clock, factory.CreateLogger<WipeClearHeaders>());
        await wipe.StartAsync(CancellationToken.None);
        for (var waited = 0; logs.Lines.Count == 0; waited++)
        {
            Assert.True(waited < 300, "Nothing was wiped.");
            await Task.Delay(100);
        }

        await wipe.StopAsync(CancellationToken.None);
        Assert.Equal("1 media contexts of older versions, whose calls are over, hold no headers any more", Assert.Single(logs.Lines).Text);
        var rows = await calls.DumpAsync();
        Assert.All(Disguises.Of(over.Tenant.ToolKey), key => Assert.DoesNotContain(key, rows, StringComparison.Ordinal));
        var claim = await held.ClaimAsync(goingOn);
        Assert.Equal(held.Tenant.ToolKey, Assert.Single(claim.Settings.Tools).Headers["X-Key"]);
        Assert.Equal("look", Assert.Single((await ContextAsync(ended.ContextId)).ReadSettings().Tools).Name);
    }

    private async Task AsAnOlderVersionWroteItAsync(string contextId, string key)
    {
        await using var db = calls.NewDbContext();
        var context = await db.MediaContexts.SingleAsync(row => row.Id == contextId);
        Assert.True(context.HoldsNoHeaders);
        var settings = context.ReadSettings();
        settings.Tools[0].Headers["X-Key"] = key;
        (context.Settings, context.HoldsNoHeaders) = (settings.ToByteArray(), false);
        await db.SaveChangesAsync();
        var rows = await calls.DumpAsync();
        Assert.Contains(Disguises.Of(key), text => rows.Contains(text, StringComparison.Ordinal));
    }

    private async Task<MediaContext> ContextAsync(string contextId)
    {
        await using var db = calls.NewDbContext();
        return await db.MediaContexts.AsNoTracking().SingleAsync(row => row.Id == contextId);
    }
}
