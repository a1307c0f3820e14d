using System.Net.Http.Headers;
using System.Net.Mime;
using System.Text;
using System.Text.Json;
using Rapida.MediaRelay.Settings;
using Rapida.ServiceDefaults.Outgoing;
using Rapida.ServiceDefaults.Privacy;
using Rapida.Speech;

namespace Rapida.MediaRelay.Tools;

/// <summary>Asks a server of the tenant's. Tells nobody but the model what it answered, and nobody at all why a connection failed.</summary>
/// <param name="settings">What to ask.</param>
/// <param name="callId">Makes the key that keeps a repeated request from counting twice.</param>
/// <param name="client">Reaches the public Internet only.</param>
/// <param name="leased">Where the tool's headers are to be had.</param>
/// <param name="clock">For the timeout.</param>
internal sealed class HttpTool(HttpToolSettings settings, string callId, HttpClient client, LeasedHeaders? leased, TimeProvider clock) : ITool
{
    /// <summary>A longer response is refused whole: half of it would mislead the model.</summary>
    public const int MostBytes = 64 * 1024;

    public ToolDefinition Definition { get; } = new(settings.Name, settings.Description, settings.Parameters);

    public async Task<ToolResult> RunAsync(string id, JsonElement arguments, CancellationToken cancellationToken)
    {
        if (await HeadersAsync(cancellationToken) is not { } headers)
            return ToolResult.Failed("What this tool is called with is not to be had at the moment, and so it was not called.");

        using var timeout = new CancellationTokenSource(settings.Timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            using var request = Request(id, arguments, headers);
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            if (await response.Content.ReadAtMostAsync(MostBytes, either.Token) is not { } body)
                return ToolResult.Failed($"The answer is longer than {MostBytes} bytes.");

            var text = Encoding.UTF8.GetString(body).Replace('\0', ' ');
            return response.IsSuccessStatusCode
                ? new ToolResult(Succeeded: true, text)
                : ToolResult.Failed($"The server answered with status {(int)response.StatusCode}. {text}");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return ToolResult.Failed("There was no answer in time. Whether it was done is not known.");
        }
        catch (Exception exception) when (AddressRefusedException.IsBehind(exception))
        {
            return ToolResult.Failed("The address of this tool may not be reached.");
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or InvalidOperationException or UriFormatException)
        {
            return ToolResult.Failed("The server could not be reached, or broke off.");
        }
    }

    private async Task<IReadOnlyDictionary<string, Secret>?> HeadersAsync(CancellationToken cancellationToken)
    {
        if (settings.CredentialId.Length == 0)
            return new Dictionary<string, Secret>();
        if (leased is null || await leased.FindAsync(settings.CredentialId, cancellationToken) is not { } all)
            return null;
        return settings.HeaderNames.Count == 0
            ? all
            : all.Where(header => settings.HeaderNames.Contains(header.Key, StringComparer.OrdinalIgnoreCase)).ToDictionary();
    }

    private HttpRequestMessage Request(string id, JsonElement arguments, IReadOnlyDictionary<string, Secret> headers)
    {
        var method = new HttpMethod(settings.Method);
        var inQuery = method == HttpMethod.Get || method == HttpMethod.Delete;
        var request = new HttpRequestMessage(method, inQuery ? WithQuery(settings.Url, arguments) : settings.Url);
        if (!inQuery)
            request.Content = new StringContent(arguments.GetRawText(), new MediaTypeHeaderValue(MediaTypeNames.Application.Json));
        foreach (var (name, value) in settings.Headers)
            request.Headers.TryAddWithoutValidation(name, value);
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value.Reveal());
        request.Headers.TryAddWithoutValidation("Idempotency-Key", $"{callId}-{Uri.EscapeDataString(id)}");
        return request;
    }

    private static string WithQuery(string url, JsonElement arguments)
    {
        var query = string.Join('&', arguments.EnumerateObject().Select(argument =>
            $"{Uri.EscapeDataString(argument.Name)}={Uri.EscapeDataString(argument.Value.ToString())}"));
        return query.Length == 0 ? url : $"{url}{(url.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{query}";
    }
}
