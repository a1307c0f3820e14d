using System.Text.Json;
using Rapida.Client.Http;

namespace Rapida.Client;

/// <summary>Says where the calls of a Twilio account's numbers go, and points them at assistants.</summary>
public sealed class NumbersClient
{
    private readonly Transport _transport;

    internal NumbersClient(Transport transport) => _transport = transport;

    /// <summary>Those of the account of a Twilio credential, 1000 at most, in one page.</summary>
    public IAsyncEnumerable<PhoneNumber> ListAsync(string credentialId, CancellationToken cancellationToken = default) => Listing.EachAsync(
        _transport,
        pageToken => Address.WithQuery("/v1/numbers", ("credential_id", credentialId), ("page_token", pageToken)),
        RapidaJson.Default.NumberList,
        list => new Page<PhoneNumber>(list.Numbers, list.NextPageToken),
        cancellationToken);

    /// <summary>Points a number at an assistant, where it says <see cref="SetUpNumber.Apply"/>; otherwise it says what would change.</summary>
    public Task<NumberSetup> SetUpAsync(SetUpNumber setup, CancellationToken cancellationToken = default)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(setup, RapidaJson.Default.SetUpNumber);
        // The second time Twilio is told what it has already.
        var request = new Request(HttpMethod.Post, "/v1/numbers/setup", body) { IsRepeatable = true };
        return _transport.SendAsync(request, RapidaJson.Default.NumberSetup, cancellationToken);
    }
}
