using System.ComponentModel.DataAnnotations;
using Rapida.TwilioEmulator.Calls;

namespace Rapida.TwilioEmulator.Control;

/// <summary>Somebody dials a number. Only <see cref="To"/> is needed; a caller without a recording never speaks.</summary>
internal sealed record PlaceCallRequest : TelephoneRequest
{
    public string From { get; init; } = "+13125550123";

    /// <summary>A number of this Twilio.</summary>
    [Required] public string To { get; init; } = "";

    /// <summary>The account that holds the number; only needed when two do.</summary>
    public string? Account { get; init; }

    /// <summary>Who can be dialled during this call, by number in E.164. All others do not answer.</summary>
    public IReadOnlyDictionary<string, PersonRequest> People { get; init; } = new Dictionary<string, PersonRequest>();

    public bool? ConnectActionIsCalled { get; init; }
    public AbnormalClose? AbnormalClose { get; init; }
    public bool? SignStreamsWithTrailingSlash { get; init; }

    /// <exception cref="InvalidCallException">Something that was asked for cannot be had.</exception>
    public InboundCall ToCall(EmulatorOptions options) =>
        new(From, ToCharacter().PickUp(), Behaviour(options))
        {
            Echo = Echo?.ToEcho(),
            People = People.ToDictionary(p => p.Key, p => p.Value.ToPerson(), StringComparer.Ordinal),
        };

    private CarrierBehaviour Behaviour(EmulatorOptions options)
    {
        var usual = CarrierBehaviour.From(options);
        return new CarrierBehaviour(
            ConnectActionIsCalled ?? usual.ConnectActionIsCalled,
            AbnormalClose ?? usual.AbnormalClose,
            SignStreamsWithTrailingSlash ?? usual.SignStreamsWithTrailingSlash);
    }
}
