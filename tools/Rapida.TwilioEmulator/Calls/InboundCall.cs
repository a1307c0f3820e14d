using Rapida.TwilioEmulator.Caller;
using Rapida.TwilioEmulator.Dialling;
using Rapida.TwilioEmulator.Line;

namespace Rapida.TwilioEmulator.Calls;

/// <summary>What is known of a call before it rings: who calls, over which line, and how it is carried.</summary>
internal sealed record InboundCall(string From, ICaller Caller, CarrierBehaviour Behaviour)
{
    /// <summary>Null: the line returns nothing.</summary>
    public Echo? Echo { get; init; }

    /// <summary>Who can be dialled, by number in E.164.</summary>
    public IReadOnlyDictionary<string, Person> People { get; init; } = new Dictionary<string, Person>();
}
