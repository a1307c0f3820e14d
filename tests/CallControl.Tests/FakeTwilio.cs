using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Threading.Channels;

namespace CallControl.Tests;

/// <summary>Twilio's REST API as far as it is asked how a call is, and whether it takes a credential.</summary>
internal sealed class FakeTwilio : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, Line> _calls = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Account> _accounts = new(StringComparer.Ordinal);

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
        app.MapGet("/2010-04-01/Accounts/{account}.json", (string account, HttpContext context) => twilio.ShowAccount(account, context));
        app.MapGet("/2010-04-01/Accounts/{account}/IncomingPhoneNumbers.json", twilio.ListNumbers);
        await app.StartAsync();
        return twilio;
    }

    /// <summary>What Twilio knows of a call. One that no test set is still talking.</summary>
    public Line this[string callSid] => _calls.GetOrAdd(callSid, _ => new());

    /// <summary>Lets an account exist.</summary>
    public Account Open(Tenant tenant) => _accounts[tenant.AccountSid] = new() { AuthToken = tenant.AuthToken };

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private IResult Answer(string account, string call, HttpContext context)
    {
        var line = this[call];
        line.Asked.Writer.TryWrite(CredentialsOf(context));
        return line.IsDown
            ? Results.StatusCode(StatusCodes.Status503ServiceUnavailable)
            : Results.Json(new { sid = call, account_sid = account, status = line.Status, duration = line.Duration });
    }

    private IResult ShowAccount(string sid, HttpContext context)
    {
        if (!_accounts.TryGetValue(sid, out var account) || CredentialsOf(context) != $"{sid}:{account.AuthToken}")
            return Refused(context);
        account.TimesAsked.Writer.TryWrite(true);
        return account.IsDown
            ? Results.StatusCode(StatusCodes.Status503ServiceUnavailable)
            : Results.Json(new { sid, status = account.Status, auth_token = account.AuthToken });
    }

    private IResult ListNumbers(string account, HttpContext context) =>
        _accounts.TryGetValue(account, out var known) && CredentialsOf(context) == known.ApiKey
            ? Results.Json(new { incoming_phone_numbers = Array.Empty<object>(), page = 0, page_size = 1 })
            : Refused(context);

    // It tells more than it should, and nothing of that may go further.
    private static IResult Refused(HttpContext context) => Results.Json(
        new { code = 20003, message = $"Authenticate with {CredentialsOf(context)}", status = 401 }, statusCode: StatusCodes.Status401Unauthorized);

    private static string CredentialsOf(HttpContext context) =>
        Encoding.UTF8.GetString(Convert.FromBase64String(context.Request.Headers.Authorization.ToString()["Basic ".Length..]));

    /// <summary>One account in Twilio's book.</summary>
    public sealed class Account
    {
        public required string AuthToken { get; init; }

        /// <summary>The key and its secret, with a colon between.</summary>
        public string? ApiKey { get; set; }

        public string Status { get; set; } = "active";

        public bool IsDown { get; set; }

        public Channel<bool> TimesAsked { get; } = Channel.CreateUnbounded<bool>();
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
