extern alias calls;

using System.Text.Json;
using calls::Rapida.CallControl.Carriers.Twilio;
using Rapida.ServiceDefaults.Privacy;

namespace Benchmarks;

/// <summary>A voice webhook as Twilio posts it, and its signature.</summary>
internal sealed class SignedWebhook(SigningKey key, string url, IReadOnlyCollection<KeyValuePair<string, string>> form, string signature)
{
    private const string Vector = "inbound-voice-webhook-realistic";

    /// <summary>From the vectors that the tests hold us to.</summary>
    public static SignedWebhook Read(string root)
    {
        using var vectors = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(root, "tests/CallControl.Tests/signature_vectors.json")));
        var vector = vectors.RootElement.EnumerateArray().Single(one => one.GetProperty("name").GetString() == Vector);
        return new SignedWebhook(
            new SigningKey(new(vector.GetProperty("authToken").GetString()!)), vector.GetProperty("url").GetString()!,
            [.. vector.GetProperty("params").EnumerateObject().Select(field => KeyValuePair.Create(field.Name, field.Value.GetString()!))],
            vector.GetProperty("signature").GetString()!);
    }

    public void Check()
    {
        if (!TwilioSignature.IsValid(key, url, form, signature))
            throw new InvalidOperationException("The signature does not hold.");
    }
}
