using Xunit;

namespace StandIns.Tests.Aspire;

public sealed class AppHostEndTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task SIGTERM_stops_the_services_before_the_server_and_leaves_nothing()
    {
        await using var host = await AppHostProcess.StartAsync();

        host.Signal("TERM");
        var time = await host.ExitAsync();

        Assert.True(time < Limit, $"The stop took {time}.");
        Assert.Equal(0, host.ExitCode);
        await host.AllGoneAsync();
        Assert.Equal(3, host.Output.Split("service has stopped").Length - 1);
        var lastService = host.Output.LastIndexOf("service has stopped", StringComparison.Ordinal);
        Assert.True(host.Output.IndexOf("server ends", StringComparison.Ordinal) > lastService, host.Output);
        Assert.Empty(host.Remaining());
    }

    [Fact]
    public async Task SIGTERM_during_the_start_ends_the_start_and_leaves_nothing()
    {
        await using var host = AppHostProcess.Launch();
        await host.WroteAsync("migrating");

        host.Signal("TERM");
        await host.ExitAsync();

        Assert.Equal(0, host.ExitCode);
        await host.AllGoneAsync();
        Assert.DoesNotContain("ADDRESSES", host.Output, StringComparison.Ordinal);
        Assert.Empty(host.Remaining());
    }

    [Fact]
    public async Task Killing_the_AppHost_leaves_nothing()
    {
        await using var host = await AppHostProcess.StartAsync();
        Assert.Contains(host.Remaining(), process => process.StartsWith("sleep 1234", StringComparison.Ordinal));

        host.Signal("KILL");
        await host.AllGoneAsync().WaitAsync(Limit);

        await EmptyAsync(host);
    }

    [Fact]
    public async Task Killing_the_dotnet_run_above_it_leaves_nothing()
    {
        await using var host = await AppHostProcess.RunAsync();

        host.Signal("KILL");
        await host.AllGoneAsync().WaitAsync(Limit);

        Assert.Contains("The process that started the AppHost is gone", host.Output, StringComparison.Ordinal);
        await EmptyAsync(host);
    }

    // Nothing tells when the process of a stranger is gone: look until it is.
    private static async Task EmptyAsync(AppHostProcess host)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        using var limit = new CancellationTokenSource(Limit);
        while (host.Remaining().Count > 0) await timer.WaitForNextTickAsync(limit.Token);
    }
}
