using Rapida.TwilioEmulator.Accounts;
using Rapida.TwilioEmulator.Outbound;

namespace Rapida.TwilioEmulator.Calls;

internal static class CallEndpoints
{
    public static void MapCalls(this RouteGroupBuilder account)
    {
        account.MapGet("Calls.json", List);
        account.MapPost("Calls.json", CreateAsync).DisableAntiforgery();
        account.MapGet("Calls/{sid}.json", Show);
        account.MapPost("Calls/{sid}.json", UpdateAsync).DisableAntiforgery();
        account.MapDelete("Calls/{sid}.json", Delete);
    }

    private static IResult List(string accountSid, HttpRequest request, AccountDirectory accounts, CallEngine calls, TimeProvider clock)
    {
        var (fits, error) = CallFilter.From(request.Query);
        return fits is null
            ? error!
            : Paging.List(request, "calls", calls.Of(accounts[accountSid], fits), c => c.Sid, c => CallResource.Of(c, clock.GetUtcNow()));
    }

    private static async Task<IResult> CreateAsync(
        string accountSid, HttpContext http, AccountDirectory accounts, CreateCall create, CancellationToken cancellationToken) =>
        create.Execute(accounts[accountSid], await RestForm.ReadAsync(http.Request, cancellationToken), http);

    private static IResult Show(string accountSid, string sid, HttpRequest request, AccountDirectory accounts, CallEngine calls, TimeProvider clock) =>
        Find(accounts[accountSid], calls, sid) is { } call ? Results.Ok(CallResource.Of(call, clock.GetUtcNow())) : RestError.NotFound(request.Path);

    private static async Task<IResult> UpdateAsync(
        string accountSid, string sid, HttpRequest request, AccountDirectory accounts, CallEngine calls, TimeProvider clock,
        CancellationToken cancellationToken)
    {
        if (Find(accounts[accountSid], calls, sid) is not { } call)
            return RestError.NotFound(request.Path);
        return CallUpdate.Apply(call, await RestForm.ReadAsync(request, cancellationToken)) ?? Results.Ok(CallResource.Of(call, clock.GetUtcNow()));
    }

    // The record goes; the call goes on.
    private static IResult Delete(string accountSid, string sid, HttpRequest request, AccountDirectory accounts, CallEngine calls)
    {
        if (Find(accounts[accountSid], calls, sid) is not { } call)
            return RestError.NotFound(request.Path);
        call.IsDeleted = true;
        return Results.NoContent();
    }

    private static Call? Find(Account account, CallEngine calls, string sid) =>
        calls.Find(sid) is { IsDeleted: false } call && call.Account.Sid == account.Sid ? call : null;
}
