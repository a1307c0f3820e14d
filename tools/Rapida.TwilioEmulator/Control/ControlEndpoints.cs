using System.Buffers;
using System.Globalization;
using System.Net;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Options;
using Rapida.TwilioEmulator.Accounts;
using Rapida.TwilioEmulator.Calls;
using Rapida.TwilioEmulator.Numbers;

namespace Rapida.TwilioEmulator.Control;

/// <summary>What no Twilio has: places calls, presses keys, tells who answers, and what was heard. Loopback only, so without keys.</summary>
internal static class ControlEndpoints
{
    private static readonly SearchValues<char> Keys = SearchValues.Create("0123456789*#ABCD");

    public static void MapControl(this IEndpointRouteBuilder app)
    {
        var control = app.MapGroup("/emulator").AddEndpointFilter(LoopbackOnlyAsync);
        control.MapCallees();
        control.MapFaults();
        control.MapDials();
        var calls = control.MapGroup("calls");
        calls.MapPost("", Place);
        calls.MapGet("{sid}", Report);
        calls.MapGet("{sid}/events", Follow);
        calls.MapPost("{sid}/dtmf", Press);
        calls.MapPost("{sid}/hangup", HangUp);
    }

    private static ValueTask<object?> LoopbackOnlyAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        context.HttpContext.Connection.RemoteIpAddress is { } address && !IPAddress.IsLoopback(address)
            ? ValueTask.FromResult<object?>(ControlProblem.Of(StatusCodes.Status403Forbidden, "not_loopback", "Calls are controlled from this machine only."))
            : next(context);

    private static IResult Place(
        PlaceCallRequest request, AccountDirectory accounts, NumberDirectory numbers, CallEngine calls, IOptions<EmulatorOptions> options)
    {
        if (numbers.FindByPhoneNumber(request.To, request.Account) is not { } number)
            return ControlProblem.Of(StatusCodes.Status404NotFound, "unknown_number", $"No account here holds {request.To}.");

        try
        {
            var call = calls.PlaceInbound(accounts[number.AccountSid], number, request.ToCall(options.Value));
            var address = $"/emulator/calls/{call.Sid}";
            return Results.Created(address, new { CallSid = call.Sid, Report = address, Events = address + "/events" });
        }
        catch (InvalidCallException invalid)
        {
            return ControlProblem.Of(invalid);
        }
    }

    private static IResult Report(string sid, CallEngine calls) => calls.Find(sid) is { } call ? Results.Ok(call.Report()) : UnknownCall(sid);

    // Server-sent events; a reader that comes back with Last-Event-ID misses nothing.
    private static IResult Follow(string sid, HttpRequest request, CallEngine calls, CancellationToken cancellationToken)
    {
        if (calls.Find(sid) is not { } call)
            return UnknownCall(sid);
        var after = int.TryParse(request.Headers["Last-Event-ID"], out var id) && id > 0 ? id : 0;
        return TypedResults.ServerSentEvents(EventsAsync(call, after, cancellationToken));
    }

    private static async IAsyncEnumerable<SseItem<CallEvent>> EventsAsync(Call call, int after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var happened in call.Journal.FollowAsync(after, cancellationToken))
            yield return new SseItem<CallEvent>(happened, happened.Type) { EventId = happened.Id.ToString(CultureInfo.InvariantCulture) };
    }

    private static IResult Press(string sid, PressKeysRequest request, CallEngine calls)
    {
        if (calls.Find(sid) is not { } call)
            return UnknownCall(sid);
        if (request.Digits.Length == 0 || request.Digits.AsSpan().ContainsAnyExcept(Keys))
            return ControlProblem.Of(StatusCodes.Status400BadRequest, "invalid_digits", "Digits are 0 to 9, *, # and A to D.");
        if (call.Keys is not { } keys)
            return ControlProblem.Of(StatusCodes.Status409Conflict, "no_stream", "The call has no open media stream, and no dialled person whom * would end.");
        foreach (var digit in request.Digits)
            keys.Press(digit);
        return Results.NoContent();
    }

    private static IResult HangUp(string sid, CallEngine calls)
    {
        if (calls.Find(sid) is not { } call)
            return UnknownCall(sid);
        call.HangUp(EndReason.CallerHungUp);
        return Results.NoContent();
    }

    private static IResult UnknownCall(string sid) => ControlProblem.Of(StatusCodes.Status404NotFound, "unknown_call", $"There is no call {sid}.");
}

/// <summary>The caller presses keys, one event each.</summary>
internal sealed record PressKeysRequest(string Digits);
