using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Threading.Channels;

namespace CallControl.Tests;

/// <summary>Twilio's REST API as far as it is asked how a call is.</summary>
internal sealed class FakeTwilio : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, Line> _calls = new(StringComparer.Ordinal);

    private FakeTwilio(WebApplication app) => _app = app;

    public string Address => _app.Urls.Single();

    public static async Task<FakeTwilio> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        var twilio = new FakeTwilio(app);
        app.MapGet("/2010-04-01/Accounts/{account}/Calls/{call}.json", twilio.Answer);
        await app.StartAsync();
        return twilio;
    }

    /// <summary>What Twilio knows of a call. One that no test set is still talking.</summary>
    public Line this[string callSid] => _calls.GetOrAdd(callSid, _ => new());

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private IResult Answer(string account, string call, HttpContext context)
    {
        var line = this[call];
        var credentials = Encoding.UTF8.GetString(Convert.FromBase64String(context.Request.Headers.Authorization.ToString()["Basic ".Length..]));
        line.Asked.Writer.TryWrite(credentials);
        return line.IsDown
            ? Results.StatusCode(StatusCodes.Status503ServiceUnavailable)
            : Results.Json(new { sid = call, account_sid = account, status = line.Status, duration = line.Duration });
    }

    /// <summary>One call in Twilio's book.</summary>
    public sealed class Line
    {
        public string Status { get; set; } = "in-progress";

        public string? Duration { get; set; }

        public bool IsDown { get; set; }

        /// <summary>The credentials of every request.</summary>
        public Channel<string> Asked { get; } = Channel.CreateUnbounded<string>();
    }
}
