using Twilio.Base;
using Twilio.Clients;
using Twilio.Types;

namespace Twilio.Rest.Api.V2010.Account;

/// <summary>A number that an account has verified: it may be shown, and is not the account's own.</summary>
public class OutgoingCallerIdResource : Resource
{
    private static readonly ResourceEndpoint<OutgoingCallerIdResource> Endpoint =
        new("/OutgoingCallerIds", "outgoing_caller_ids", payload => new OutgoingCallerIdResource(payload));

    private OutgoingCallerIdResource(Payload payload)
    {
        Sid = payload.Text("sid");
        FriendlyName = payload.Text("friendly_name");
        PhoneNumber = payload.Number("phone_number");
    }

    public string Sid { get; }

    public string FriendlyName { get; }

    public PhoneNumber PhoneNumber { get; }

    public static Task<ResourceSet<OutgoingCallerIdResource>> ReadAsync(ReadOutgoingCallerIdOptions options, ITwilioRestClient client = null) =>
        Endpoint.ReadAsync(client, options.PathAccountSid, options);

    public static Task<ResourceSet<OutgoingCallerIdResource>> ReadAsync(string pathAccountSid = null, PhoneNumber phoneNumber = null,
        string friendlyName = null, long? pageSize = null, long? limit = null, ITwilioRestClient client = null) =>
        ReadAsync(new ReadOutgoingCallerIdOptions
        {
            PathAccountSid = pathAccountSid, PhoneNumber = phoneNumber, FriendlyName = friendlyName, PageSize = pageSize, Limit = limit
        }, client);
}

/// <summary>Lists the verified numbers of an account.</summary>
public class ReadOutgoingCallerIdOptions : ReadOptions<OutgoingCallerIdResource>
{
    public string PathAccountSid { get; set; }

    public PhoneNumber PhoneNumber { get; set; }

    public string FriendlyName { get; set; }

    public override List<KeyValuePair<string, string>> GetParams() => Wire.Parameters(
        ("PhoneNumber", PhoneNumber), ("FriendlyName", FriendlyName), ("PageSize", PageSize));
}
