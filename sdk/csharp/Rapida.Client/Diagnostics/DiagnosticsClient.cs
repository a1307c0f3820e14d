using System.Text.Json;
using Rapida.Client.Http;

namespace Rapida.Client;

/// <summary>Says why webhooks were refused.</summary>
public sealed class DiagnosticsClient
{
    private readonly Transport _transport;

    internal DiagnosticsClient(Transport transport) => _transport = transport;

    /// <summary>By minute, newest first: the last 100, in one page.</summary>
    public IAsyncEnumerable<Diagnostic> ListAsync(CancellationToken cancellationToken = default) => Listing.EachAsync(
        _transport,
        pageToken => Address.WithQuery("/v1/diagnostics", ("page_token", pageToken)),
        RapidaJson.Default.DiagnosticList,
        list => new Page<Diagnostic>(list.Diagnostics, list.NextPageToken),
        cancellationToken);

    /// <summary>Tells which URL Twilio signed, and what to change so that the signature holds.</summary>
    public Task<SignatureFinding> SignatureAsync(SignedRequest request, CancellationToken cancellationToken = default)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(request, RapidaJson.Default.SignedRequest);
        // It looks, and changes nothing.
        var asked = new Request(HttpMethod.Post, "/v1/diagnostics/signature", body) { IsRepeatable = true };
        return _transport.SendAsync(asked, RapidaJson.Default.SignatureFinding, cancellationToken);
    }
}
