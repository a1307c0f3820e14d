using System.Text.RegularExpressions;
using Rapida.TwilioEmulator.Callees;

namespace Rapida.TwilioEmulator.Control;

/// <summary>Who answers which number. The number is in E.164, its plus as <c>%2B</c>.</summary>
internal static partial class CalleeEndpoints
{
    public static void MapCallees(this RouteGroupBuilder control)
    {
        control.MapGet("callees", List);
        control.MapPut("callees/{number}", Describe);
        control.MapDelete("callees/{number}", Forget);
    }

    private static IResult List(CalleeDirectory callees) => Results.Ok(new
    {
        Callees = callees.Described.OrderBy(c => c.Key, StringComparer.Ordinal).Select(c => Report(c.Key, c.Value)),
    });

    private static IResult Describe(string number, CalleeRequest request, CalleeDirectory callees)
    {
        if (!E164().IsMatch(number))
            return ControlProblem.Of(StatusCodes.Status400BadRequest, "invalid_number", "A number is in E.164: + and 2 to 15 digits, in the URL %2B.");
        try
        {
            var callee = request.ToCallee();
            callees.Describe(number, callee);
            return Results.Ok(Report(number, callee));
        }
        catch (InvalidCallException invalid)
        {
            return ControlProblem.Of(invalid);
        }
    }

    private static IResult Forget(string number, CalleeDirectory callees) => callees.Forget(number)
        ? Results.NoContent()
        : ControlProblem.Of(StatusCodes.Status404NotFound, "unknown_callee", "Nobody was described at this number.");

    private static object Report(string number, Callee callee) => new
    {
        Number = number,
        callee.Outcome,
        RingMs = (int)callee.RingsFor.TotalMilliseconds,
        StayMs = (int?)callee.Stays?.TotalMilliseconds,
        callee.AnsweredBy,
        Media = callee.HasMedia,
    };

    [GeneratedRegex(@"^\+[1-9]\d{1,14}$")]
    private static partial Regex E164();
}
