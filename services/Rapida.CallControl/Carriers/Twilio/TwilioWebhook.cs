using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace Rapida.CallControl.Carriers.Twilio;

/// <summary>A request that says it comes from Twilio: the form of a POST, the query of a GET, and what is needed to prove it.</summary>
internal sealed class TwilioWebhook
{
    // Twilio's webhooks have some 30 fields and 600 characters.
    private const int UsualFields = 64;
    private const int UsualCharacters = 4_096;

    // A UUID has 36 characters.
    private const int LongestToken = 64;

    // Of what we read, nothing is longer: SIDs, numbers, words, and an error's sentence. Two of them, in three bytes a character, fit an index's row.
    private const int LongestValue = 400;

    private readonly Dictionary<string, string> _fields;

    private readonly string _seenUrl;

    private TwilioWebhook(
        string url, string seenUrl, string? signature, string? idempotencyToken, string? apiKey, IReadOnlyCollection<KeyValuePair<string, string>> form,
        IEnumerable<KeyValuePair<string, string>> fields)
    {
        (Url, _seenUrl, Signature, IdempotencyToken, ApiKey, SignedForm) = (url, seenUrl, signature, idempotencyToken, apiKey, form);
        _fields = new(StringComparer.Ordinal);
        // NUL is no text to PostgreSQL, and nothing that Twilio sends.
        foreach (var (name, value) in fields.Where(field => field.Value.Length <= LongestValue && !field.Value.Contains('\0', StringComparison.Ordinal)))
            _fields.TryAdd(name, value);
    }

    /// <summary>The configured public base URL and the raw target: what Twilio asked for, whatever proxies stood between.</summary>
    public string Url { get; }

    public string? Signature { get; }

    /// <summary>A UUID that Twilio's retries repeat. It is not signed: what it says is believed of a request whose signature holds, and of no other.</summary>
    public string? IdempotencyToken { get; }

    /// <summary>The query's x-api-key.</summary>
    public string? ApiKey { get; }

    /// <summary>What the signature covers beside the URL: the form of a POST, nothing of a GET.</summary>
    public IReadOnlyCollection<KeyValuePair<string, string>> SignedForm { get; }

    public string? CallSid => this["CallSid"];

    public string? AccountSid => this["AccountSid"];

    public string? CallStatus => this["CallStatus"];

    /// <summary>Whole seconds; null when that is not what was sent.</summary>
    public int? CallDuration => int.TryParse(this["CallDuration"], NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? seconds : null;

    /// <summary>A field; null when it was not sent, or cannot be what Twilio means by it.</summary>
    public string? this[string name] => _fields.GetValueOrDefault(name);

    /// <summary>What the operator's diagnostics call a signature that does not hold: <c>_host</c>, say, behind it when the way to us is at fault.</summary>
    public string WhyNotSigned(SigningTokens tokens)
    {
        // Some sixty signatures: of a form that Twilio could have sent, and of no larger one that somebody makes up.
        if (SignedForm.Count > UsualFields || SignedForm.Sum(field => field.Key.Length + field.Value.Length) > UsualCharacters)
            return "signature";

        var finding = tokens.Examine(Url, _seenUrl, SignedForm, Signature);
        return finding.SignedUrl is null ? "signature" : $"signature_{finding.Cause}";
    }

    /// <summary>Reads the request. A body that is no form is no webhook: it has no fields, and fails where they are looked at.</summary>
    public static async ValueTask<TwilioWebhook> BindAsync(HttpContext context)
    {
        var request = context.Request;
        var query = request.Query.SelectMany(pair => pair.Value, (pair, value) => KeyValuePair.Create(pair.Key, value ?? ""));
        var form = HttpMethods.IsPost(request.Method) && IsForm(request)
            ? await ReadFormAsync(request, context.RequestAborted)
            : [];
        var urls = context.RequestServices.GetRequiredService<IOptions<PublicUrlOptions>>().Value;
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        return new(
            urls.BaseUrl!.GetLeftPart(UriPartial.Authority) + target,
            // As the door was asked. Anybody may write that: good for a hint, and for nothing else.
            $"{request.Headers["X-Forwarded-Proto"].FirstOrDefault() ?? request.Scheme}://{request.Headers["X-Forwarded-Host"].FirstOrDefault() ?? request.Host.Value}{target}",
            request.Headers["X-Twilio-Signature"] is [{ Length: > 0 } signature] ? signature : null,
            request.Headers["I-Twilio-Idempotency-Token"] is [{ Length: > 0 and <= LongestToken } token] ? token : null,
            request.Query["x-api-key"] is [{ Length: > 0 } key] ? key : null,
            form,
            HttpMethods.IsPost(request.Method) ? form : query);
    }

    // Of one part: Twilio sends no file.
    private static bool IsForm(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
        && type.MediaType.Equals("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase);

    private static async Task<List<KeyValuePair<string, string>>> ReadFormAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        try
        {
            // Twilio's forms are UTF-8. What a header calls them may be an encoding that nobody should decode.
            var form = await new FormPipeReader(request.BodyReader, Encoding.UTF8).ReadFormAsync(cancellationToken);
            return [.. form.SelectMany(pair => pair.Value, (pair, value) => KeyValuePair.Create(pair.Key, value ?? ""))];
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException)
        {
            return []; // Too long, too many fields, cut short, chunks that are none: nothing that Twilio sends.
        }
    }
}
