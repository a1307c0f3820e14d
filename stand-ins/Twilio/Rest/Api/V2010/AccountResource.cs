using Twilio.Base;
using Twilio.Clients;
using Twilio.Types;

namespace Twilio.Rest.Api.V2010;

/// <summary>An account. Its token, which the API returns too, is left out.</summary>
public class AccountResource : Resource
{
    private static readonly ResourceEndpoint<AccountResource> Endpoint =
        new("", "accounts", payload => new AccountResource(payload));

    private AccountResource(Payload payload)
    {
        FriendlyName = payload.Text("friendly_name");
        OwnerAccountSid = payload.Text("owner_account_sid");
        Sid = payload.Text("sid");
        Status = payload.Enum<StatusEnum>("status");
        Type = payload.Enum<TypeEnum>("type");
    }

    public string FriendlyName { get; }

    public string OwnerAccountSid { get; }

    public string Sid { get; }

    public StatusEnum Status { get; }

    public TypeEnum Type { get; }

    public static AccountResource Fetch(FetchAccountOptions options, ITwilioRestClient client = null) =>
        Endpoint.Fetch(client, options.PathSid, null, options);

    public static Task<AccountResource> FetchAsync(FetchAccountOptions options, ITwilioRestClient client = null) =>
        Endpoint.FetchAsync(client, options.PathSid, null, options);

    public static AccountResource Fetch(string pathSid = null, ITwilioRestClient client = null) =>
        Fetch(new FetchAccountOptions { PathSid = pathSid }, client);

    public static Task<AccountResource> FetchAsync(string pathSid = null, ITwilioRestClient client = null) =>
        FetchAsync(new FetchAccountOptions { PathSid = pathSid }, client);

    public sealed class StatusEnum : StringEnum
    {
        public static readonly StatusEnum Active = new("active");
        public static readonly StatusEnum Suspended = new("suspended");
        public static readonly StatusEnum Closed = new("closed");

        public StatusEnum() { }

        private StatusEnum(string value) : base(value) { }

        public static implicit operator StatusEnum(string value) => new(value);
    }

    public sealed class TypeEnum : StringEnum
    {
        public static readonly TypeEnum Trial = new("Trial");
        public static readonly TypeEnum Full = new("Full");

        public TypeEnum() { }

        private TypeEnum(string value) : base(value) { }

        public static implicit operator TypeEnum(string value) => new(value);
    }
}
