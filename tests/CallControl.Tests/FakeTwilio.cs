using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text;
using System.Threading.Channels;

namespace CallControl.Tests;

/// <summary>Twilio's REST API as far as it is asked how a call is, and whether it takes a credential.</summary>
internal sealed partial class FakeTwilio : IAsyncDisposable
{
    private WebApplication _app = null!;
    private readonly ConcurrentDictionary<string, Line> _calls = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Account> _accounts = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Callee> _callees = new(StringComparer.Ordinal);

    private FakeTwilio()
    {
    }

    public string Address { get; private set; } = "";

    /// <summary>All requests for calls, in the order in which they came.</summary>
    public ConcurrentQueue<Dialled> Dials { get; } = new();

    public static async Task<FakeTwilio> StartAsync()
    {
        var twilio = new FakeTwilio();
        await twilio.ListenAsync(port: 0);
        return twilio;
    }

    /// <summary>Whoever connects is refused.</summary>
    public async Task StopListeningAsync() => await _app.DisposeAsync();

    public Task ListenAgainAsync() => ListenAsync(new Uri(Address).Port);

    private async Task ListenAsync(int port)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port));
        var app = builder.Build();
        app.MapGet("/2010-04-01/Accounts/{account}/Calls/{call}.json", AnswerAsync);
        app.MapGet("/2010-04-01/Accounts/{account}.json", (string account, HttpContext context) => ShowAccount(account, context));
        app.MapGet("/2010-04-01/Accounts/{account}/IncomingPhoneNumbers.json", ListNumbers);
        app.MapPost("/2010-04-01/Accounts/{account}/IncomingPhoneNumbers/{sid}.json", UpdateNumberAsync).DisableAntiforgery();
        app.MapGet("/2010-04-01/Accounts/{account}/OutgoingCallerIds.json", ListCallerIds);
        app.MapPost("/2010-04-01/Accounts/{account}/Calls.json", CreateAsync).DisableAntiforgery();
        app.MapGet("/2010-04-01/Accounts/{account}/Calls.json", ListCalls);
        app.MapPost("/2010-04-01/Accounts/{account}/Calls/{call}.json", EndAsync).DisableAntiforgery();
        await app.StartAsync();
        (_app, Address) = (app, app.Urls.Single());
    }

    /// <summary>What Twilio knows of a call. One that no test set is still talking.</summary>
    public Line this[string callSid] => _calls.GetOrAdd(callSid, _ => new());

    /// <summary>Whoever has a number that is called.</summary>
    public Callee CalleeAt(string number) => _callees.GetOrAdd(number, _ => new());

    /// <summary>Lets an account exist.</summary>
    public Account Open(Tenant tenant) => _accounts[tenant.AccountSid] = new() { AuthToken = tenant.AuthToken };

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task<IResult> AnswerAsync(string account, string call, HttpContext context)
    {
        var line = this[call];
        line.Asked.Writer.TryWrite(CredentialsOf(context));
        if (line.Silence is { } silence)
            await silence.Task;
        return line.IsDown
            ? Results.StatusCode(StatusCodes.Status503ServiceUnavailable)
            : Results.Json(Show(account, call, line));
    }

    private static object Show(string account, string sid, Line line) =>
        new { sid, account_sid = account, status = line.Status, duration = line.Duration, answered_by = line.AnsweredBy, price = line.Price, price_unit = "USD" };

    private async Task<IResult> CreateAsync(string account, HttpContext context)
    {
        var form = (await context.Request.ReadFormAsync()).ToDictionary(field => field.Key, field => field.Value.ToString());
        var callee = CalleeAt(form["To"]);
        var (reply, sid) = (callee.Replies.TryDequeue(out var other) ? other : Reply.Created, $"CA{Guid.NewGuid():N}");
        if (reply is Reply.Created or Reply.ErrorAfter or Reply.LostAnswer)
        {
            this[sid].Status = "queued";
            callee.Book.Add((sid, form["From"]));
        }

        callee.Dials.Writer.TryWrite(new(sid, form));
        Dials.Enqueue(new(sid, form));
        if (callee.AnswersAfter is { } moment)
            await moment.WaitAsync(context.RequestAborted);
        switch (reply)
        {
            case Reply.Created:
                return Results.Json(Show(account, sid, this[sid]), statusCode: StatusCodes.Status201Created);
            case Reply.TooMany:
                if (callee.RetryAfter is { } seconds)
                    context.Response.Headers.RetryAfter = seconds;
                return Results.Json(new { code = 20429, message = "Too many", status = 429 }, statusCode: StatusCodes.Status429TooManyRequests);
            case Reply.NoSuchNumber:
                return Results.Json(new { code = 21211, message = $"The 'To' number {form["To"]} is not valid", status = 400 }, statusCode: StatusCodes.Status400BadRequest);
            case Reply.LostAnswer:
                context.Abort();
                return Results.Empty;
            default:
                return Results.StatusCode(StatusCodes.Status500InternalServerError);
        }
    }

    private IResult ListCalls(string account, string to, string from)
    {
        CalleeAt(to).TimesListed.Writer.TryWrite(true);
        return Results.Json(new
        {
            calls = CalleeAt(to).Book.Where(entry => entry.From == from).Select(entry => new
            {
                sid = entry.Sid,
                account_sid = account,
                to,
                from,
                status = this[entry.Sid].Status,
                direction = "outbound-api",
                date_created = (CalleeAt(to).CreatedAt ?? TimeProvider.System.GetUtcNow()).ToString("ddd, dd MMM yyyy HH:mm:ss '+0000'", CultureInfo.InvariantCulture),
            }).ToList(),
            page_size = 50,
        });
    }

    private async Task<IResult> EndAsync(string account, string call, HttpContext context)
    {
        var form = await context.Request.ReadFormAsync();
        var line = this[call];
        line.Ended.Writer.TryWrite(form["Status"].ToString());
        if (line.Status is not "in-progress" || form["Status"] != "canceled")
            line.Status = line.Status is "in-progress" ? "completed" : "canceled";
        return Results.Json(Show(account, call, line));
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

    private Account? AccountOf(string sid, HttpContext context) =>
        _accounts.TryGetValue(sid, out var known) && (CredentialsOf(context) == known.ApiKey || CredentialsOf(context) == $"{sid}:{known.AuthToken}")
            ? known
            : null;

    // It tells more than it should, and nothing of that may go further.
    private static IResult Refused(HttpContext context) => Results.Json(
        new { code = 20003, message = $"Authenticate with {CredentialsOf(context)}", status = 401 }, statusCode: StatusCodes.Status401Unauthorized);

    private static string CredentialsOf(HttpContext context) =>
        Encoding.UTF8.GetString(Convert.FromBase64String(context.Request.Headers.Authorization.ToString()["Basic ".Length..]));

    /// <summary>How Twilio answers a request for a call.</summary>
    public enum Reply
    {
        Created,
        TooMany,
        NoSuchNumber,

        /// <summary>It is placed, and the answer is a 500.</summary>
        ErrorAfter,

        /// <summary>It is not placed, and the answer is a 500.</summary>
        ErrorBefore,

        /// <summary>It is placed, and the connection breaks.</summary>
        LostAnswer,
    }

    /// <summary>A request for a call. The CallSid is what it would have been where none was placed.</summary>
    public sealed record Dialled(string CallSid, IReadOnlyDictionary<string, string> Form);

    /// <summary>A number that is called.</summary>
    public sealed class Callee
    {
        /// <summary>The answers to the next requests; then they are created.</summary>
        public ConcurrentQueue<Reply> Replies { get; } = new();

        /// <summary>What comes with 429; null: nothing.</summary>
        public string? RetryAfter { get; set; }

        /// <summary>Twilio has the request, and answers it then; null: at once.</summary>
        public Task? AnswersAfter { get; set; }

        public Channel<Dialled> Dials { get; } = Channel.CreateUnbounded<Dialled>();

        public Channel<bool> TimesListed { get; } = Channel.CreateUnbounded<bool>();

        public ConcurrentBag<(string Sid, string From)> Book { get; } = [];

        /// <summary>When all that is in the book was created; null: now.</summary>
        public DateTimeOffset? CreatedAt { get; set; }
    }

    /// <summary>One account in Twilio's book.</summary>
    public sealed class Account
    {
        /// <summary>Its own numbers.</summary>
        public List<OwnNumber> Numbers { get; } = [];

        /// <summary>Others' numbers that it has verified.</summary>
        public List<string> CallerIds { get; } = [];

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

        public string? AnsweredBy { get; set; }

        public string? Price { get; set; }

        /// <summary>What it was told to become.</summary>
        public Channel<string> Ended { get; } = Channel.CreateUnbounded<string>();

        public bool IsDown { get; set; }

        /// <summary>How long whoever asks waits for an answer; null: there is one at once.</summary>
        public TaskCompletionSource? Silence { get; set; }

        /// <summary>The credentials of every request.</summary>
        public Channel<string> Asked { get; } = Channel.CreateUnbounded<string>();
    }
}
