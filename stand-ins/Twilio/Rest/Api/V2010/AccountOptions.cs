using Twilio.Base;

namespace Twilio.Rest.Api.V2010;

/// <summary>Reads an account: the client's own unless a SID is given.</summary>
public class FetchAccountOptions : IOptions<AccountResource>
{
    public string PathSid { get; set; }

    public List<KeyValuePair<string, string>> GetParams() => [];
}
