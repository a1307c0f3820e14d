namespace Rapida.CallControl.Numbers;

/// <summary>Bodies for the description of the API.</summary>
internal static class NumberExamples
{
    public const string CredentialId = "01990f3a-7c00-7000-8000-0000000000c1";

    public const string List = """
        {
          "numbers": [
            {
              "number": "+15551234567", "friendly_name": "Front desk",
              "voice_url": "https://voice.example.com/v1/talk/twilio/call/123456789012345?x-api-key=…#rc=3&rp=ct,rt,5xx&rt=4000", "voice_method": "POST",
              "status_callback": "https://voice.example.com/v1/talk/twilio/event/123456789012345#rc=3&rp=ct,rt,5xx&rt=4000",
              "assistant_id": "123456789012345", "in_the_way": [], "set_up": true
            },
            {
              "number": "+15551234568", "friendly_name": "Old line", "voice_url": "https://old.example.com/voice?tenant=…", "voice_method": "GET",
              "status_callback": null, "assistant_id": null, "in_the_way": ["trunk_sid"], "set_up": false
            }
          ]
        }
        """;

    public const string SetUp = """
        { "assistant_id": "123456789012345", "webhook_key": "rpd-7hQ2mXc04LbT-…", "number": "+15551234567", "apply": true }
        """;

    public const string SetUpAnswer = """
        {
          "number": "+15551234567", "assistant_id": "123456789012345", "applied": true,
          "changes": [
            {
              "field": "voice_url", "from": "https://old.example.com/voice?tenant=…",
              "to": "https://voice.example.com/v1/talk/twilio/call/123456789012345?x-api-key=…#rc=3&rp=ct,rt,5xx&rt=4000"
            },
            { "field": "voice_method", "from": "GET", "to": "POST" },
            {
              "field": "status_callback", "from": null,
              "to": "https://voice.example.com/v1/talk/twilio/event/123456789012345#rc=3&rp=ct,rt,5xx&rt=4000"
            }
          ]
        }
        """;
}
