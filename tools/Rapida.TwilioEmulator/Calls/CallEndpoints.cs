using System.Globalization;
using System.Text.Json.Nodes;
using Rapida.TwilioEmulator.Accounts;

namespace Rapida.TwilioEmulator.Calls;

internal static class CallEndpoints
{
    public static void MapCalls(this RouteGroupBuilder account)
    {
        account.MapGet("Calls.json", List);
        account.MapGet("Calls/{sid}.json", Show);
        account.MapPost("Calls/{sid}.json", UpdateAsync).DisableAntiforgery();
    }

    private static IResult List(string accountSid, HttpRequest request, AccountDirectory accounts, CallEngine calls)
    {
        var (to, from, status) = (request.Query["To"].ToString(), request.Query["From"].ToString(), request.Query["Status"].ToString());
        var found = calls.Of(accounts[accountSid])
            .Where(c => (to.Length == 0 || c.To == to) && (from.Length == 0 || c.From == from) && (status.Length == 0 || c.Status.Wire() == status))
            .ToList();
        return Paging.List(request, "calls", found, c => c.Sid, Resource);
    }

    private static IResult Show(string accountSid, string sid, HttpRequest request, AccountDirectory accounts, CallEngine calls) =>
        Find(accounts[accountSid], calls, sid) is { } call ? Results.Ok(Resource(call)) : RestError.NotFound(request.Path);

    private static async Task<IResult> UpdateAsync(
        string accountSid, string sid, HttpRequest request, AccountDirectory accounts, CallEngine calls, CancellationToken cancellationToken)
    {
        if (Find(accounts[accountSid], calls, sid) is not { } call)
            return RestError.NotFound(request.Path);
        if (call.IsEnding)
            return Invalid(21220, "Call is not in-progress. Cannot redirect.");

        var form = await request.ReadFormAsync(cancellationToken);
        var method = form.TryGetValue("Method", out var given) ? given.ToString().ToUpperInvariant() : "POST";
        if (method is not ("GET" or "POST"))
            return Invalid(21209, "Method is not valid: must be GET or POST");

        switch (form["Status"].ToString(), form["Url"].ToString(), form["Twiml"].ToString())
        {
            case ("completed", _, _):
            case ("canceled", _, _) when !call.Status.IsTerminal() && call.AnsweredAt is null:
                call.HangUp(EndReason.RestCompleted);
                break;
            case ("canceled", _, _) or ("", "", ""):
                break;
            case ("", { Length: > 0 } url, _) when !Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"):
                return Invalid(21205, $"Url is not a valid URL: {url}");
            case ("", { Length: > 0 } url, _):
                call.Update(new DocumentSource.Remote("update", url, method));
                break;
            case ("", _, { Length: > 4000 }):
                return Invalid(32018, "Twiml is longer than 4000 characters");
            case ("", _, var twiml):
                call.Update(new DocumentSource.Inline(twiml));
                break;
            default:
                return Invalid(21218, $"Invalid status: {form["Status"]}");
        }
        return Results.Ok(Resource(call));
    }

    private static Call? Find(Account account, CallEngine calls, string sid) =>
        calls.Find(sid) is { } call && call.Account.Sid == account.Sid ? call : null;

    private static IResult Invalid(int code, string message) => RestError.Of(StatusCodes.Status400BadRequest, code, message);

    private static JsonObject Resource(Call call)
    {
        var uri = $"{call.Account.Uri}/Calls/{call.Sid}";
        var seconds = call.EndedAt is { } ended ? (int)Math.Ceiling((ended - (call.AnsweredAt ?? ended)).TotalSeconds) : (int?)null;
        return new JsonObject
        {
            ["sid"] = call.Sid,
            ["account_sid"] = call.Account.Sid,
            ["parent_call_sid"] = null,
            ["to"] = call.To,
            ["to_formatted"] = call.To,
            ["from"] = call.From,
            ["from_formatted"] = call.From,
            ["phone_number_sid"] = call.Number.Sid,
            ["status"] = call.Status.Wire(),
            ["direction"] = "inbound",
            ["start_time"] = Time(call.AnsweredAt),
            ["end_time"] = Time(call.EndedAt),
            ["duration"] = seconds?.ToString(CultureInfo.InvariantCulture),
            ["price"] = null,
            ["price_unit"] = "USD",
            ["answered_by"] = null,
            ["api_version"] = "2010-04-01",
            ["forwarded_from"] = null,
            ["caller_name"] = null,
            ["group_sid"] = null,
            ["trunk_sid"] = "",
            ["queue_time"] = "0",
            ["date_created"] = Time(call.StartedAt),
            ["date_updated"] = Time(call.EndedAt ?? call.AnsweredAt ?? call.StartedAt),
            ["uri"] = uri + ".json",
            ["subresource_uris"] = new JsonObject
            {
                ["recordings"] = uri + "/Recordings.json",
                ["notifications"] = uri + "/Notifications.json",
                ["events"] = uri + "/Events.json",
                ["streams"] = uri + "/Streams.json",
            },
        };
    }

    private static string? Time(DateTimeOffset? at) => at is { } moment ? TwilioTime.Rfc2822(moment) : null;
}
