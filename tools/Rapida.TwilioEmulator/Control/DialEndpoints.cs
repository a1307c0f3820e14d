using Rapida.TwilioEmulator.Outbound;

namespace Rapida.TwilioEmulator.Control;

internal static class DialEndpoints
{
    public static void MapDials(this RouteGroupBuilder control) => control.MapGet("dials", List);

    private static IResult List(string? from, string? to, DialLog log)
    {
        var all = log.All();
        return Results.Ok(new
        {
            Dials = all.Where(d => (from is null || d.From == from) && (to is null || d.To == to)),
            // More than the log holds were placed: a proof needs them all.
            log.Dropped,
            DialLog.Most,
        });
    }
}
