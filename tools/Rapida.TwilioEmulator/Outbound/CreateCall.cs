using Rapida.TwilioEmulator.Accounts;
using Rapida.TwilioEmulator.Callees;
using Rapida.TwilioEmulator.Calls;
using Rapida.TwilioEmulator.Numbers;

namespace Rapida.TwilioEmulator.Outbound;

/// <summary>Places a call for a customer, and answers as whoever is called wants the REST API to answer.</summary>
internal sealed class CreateCall(NumberDirectory numbers, CalleeDirectory callees, CallEngine calls, TimeProvider clock)
{
    public IResult Execute(Account account, IFormCollection form, HttpContext http)
    {
        var order = new CallForm(form, number => FindNumber(account, number));
        if (order.Problem() is { } problem)
            return RestError.Of(StatusCodes.Status400BadRequest, problem.Code, problem.Message);

        var callee = callees.Meet(form["To"].ToString());
        var answer = callee.Rest.Next();
        switch (answer)
        {
            case RestAnswer.Rejected:
                return RestError.Of(StatusCodes.Status400BadRequest, callee.Rest.Code, "This number is rejected, as its callee asks.");
            case RestAnswer.RateLimited:
                return RestError.TooManyRequests(http.Response);
            case RestAnswer.ErrorBefore:
                return RestError.Internal();
        }

        var call = calls.CreateOutbound(account, order.Read(), callee);
        // As it is now: it may be ringing before the answer is written.
        var created = CallResource.Of(call, clock.GetUtcNow());
        calls.Begin(call);
        switch (answer)
        {
            case RestAnswer.LostAnswer:
                http.Abort();
                return Results.Empty;
            case RestAnswer.ErrorAfter:
                return RestError.Internal();
            default:
                return Results.Json(created, statusCode: StatusCodes.Status201Created);
        }
    }

    private string? FindNumber(Account account, string number) => number == TestNumbers.Owned
        ? Sid.For("PN", number)
        : numbers.FindByPhoneNumber(number, account.Sid)?.Sid;
}
