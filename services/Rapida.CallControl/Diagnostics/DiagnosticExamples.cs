namespace Rapida.CallControl.Diagnostics;

/// <summary>Bodies for the description of the API.</summary>
internal static class DiagnosticExamples
{
    public const string List = """{ "diagnostics": [{ "reason": "webhook_signature_host", "minute": "2026-11-25T09:12:00+00:00", "count": 3 }] }""";

    public const string Signature = """
        {
          "credential_id": "01990f3a-7c00-7000-8000-0000000000c1",
          "url": "https://tunnel.example.net/v1/talk/twilio/call/123456789012345?x-api-key=rpd-…",
          "params": { "CallSid": "CA0123456789abcdef0123456789abcdef", "From": "+15557654321", "To": "+15551234567" },
          "signature": "RSOYDt4T1cUTdK1PDd93/VVr8B8="
        }
        """;

    public const string Finding = """
        {
          "valid": false, "cause": "host",
          "detail": "Twilio asked https://tunnel.example.net, and Public:BaseUrl is https://voice.example.com: set it to what Twilio is told, or tell Twilio this one.",
          "signed_url": "https://tunnel.example.net/v1/talk/twilio/call/123456789012345?x-api-key=…"
        }
        """;
}
