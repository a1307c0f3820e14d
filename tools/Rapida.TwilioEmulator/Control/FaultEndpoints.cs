using Rapida.TwilioEmulator.Callees;

namespace Rapida.TwilioEmulator.Control;

internal static class FaultEndpoints
{
    public static void MapFaults(this RouteGroupBuilder control)
    {
        control.MapPut("faults", Set);
        control.MapDelete("faults", Clear);
    }

    private static IResult Set(FaultsRequest request, CalleeDirectory callees)
    {
        try
        {
            callees.Faults = request.ToFaults();
            return Results.NoContent();
        }
        catch (InvalidCallException invalid)
        {
            return ControlProblem.Of(invalid);
        }
    }

    private static IResult Clear(CalleeDirectory callees)
    {
        callees.Faults = null;
        return Results.NoContent();
    }
}
