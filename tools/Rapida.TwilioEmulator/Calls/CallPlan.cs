using Rapida.TwilioEmulator.Caller;
using Rapida.TwilioEmulator.Callees;
using Rapida.TwilioEmulator.Dialling;
using Rapida.TwilioEmulator.Line;
using Rapida.TwilioEmulator.Numbers;
using Rapida.TwilioEmulator.Outbound;

namespace Rapida.TwilioEmulator.Calls;

/// <summary>All that a call begins with, whichever way it goes.</summary>
/// <param name="NumberSid">The number of the account that takes part.</param>
/// <param name="Caller">Who holds the telephone: the caller of an incoming call, the callee of one that was placed.</param>
/// <param name="Behaviour">How it is carried.</param>
internal sealed record CallPlan(string From, string To, string NumberSid, ICaller Caller, CarrierBehaviour Behaviour)
{
    public Echo? Echo { get; init; }

    /// <summary>Null: nobody answers here.</summary>
    public DocumentSource? Document { get; init; }

    public CallbackAddress? Fallback { get; init; }

    public CallbackAddress? StatusCallback { get; init; }

    public TimeSpan TimeLimit { get; init; } = TimeSpan.FromHours(4);

    /// <summary>Null: an incoming call.</summary>
    public OutboundLeg? Outbound { get; init; }

    /// <summary>Who can be dialled from within the call.</summary>
    public required Func<string, Person> PersonAt { get; init; }

    public static CallPlan For(IncomingNumber number, InboundCall inbound, CalleeDirectory callees) =>
        new(inbound.From, number.PhoneNumber, number.Sid, inbound.Caller, inbound.Behaviour)
        {
            Echo = inbound.Echo,
            Document = number.VoiceUrlInForce is { } url ? new DocumentSource.Remote("voice", url, number.VoiceMethod) : null,
            Fallback = CallbackAddress.From(number.VoiceFallbackUrl, number.VoiceFallbackMethod),
            StatusCallback = CallbackAddress.From(number.StatusCallback, number.StatusCallbackMethod),
            PersonAt = to => inbound.People.TryGetValue(to, out var person) ? person : PersonOf(callees, to),
        };

    public static CallPlan For(CallOrder order, Callee callee, CarrierBehaviour behaviour, CalleeDirectory callees) =>
        new(order.From, order.To, order.NumberSid, callee.Character.PickUp(), behaviour)
        {
            Echo = callee.Echo,
            Document = order.Document,
            Fallback = order.Fallback,
            StatusCallback = order.StatusCallback,
            TimeLimit = order.TimeLimit,
            Outbound = new OutboundLeg(order, callee),
            PersonAt = to => PersonOf(callees, to),
        };

    private static Person PersonOf(CalleeDirectory callees, string number) => callees.FindDescribed(number)?.ToPerson() ?? Person.Nobody;
}
