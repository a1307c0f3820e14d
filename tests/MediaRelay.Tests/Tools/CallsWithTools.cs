using Rapida.MediaRelay.Settings;
using Rapida.MediaRelay.Tests.Peers;
using Rapida.Speech;

namespace Rapida.MediaRelay.Tests.Tools;

/// <summary>A caller who asks for what takes a tool, and the tool.</summary>
internal static class CallsWithTools
{
    /// <summary>As an older CallControl describes it, with its headers in clear.</summary>
    public static readonly HttpToolSettings Book = new()
    {
        Name = "book",
        Description = "Books an appointment.",
        Parameters = """{"type":"object"}""",
        Url = "https://clinic.example.com/book",
        Method = "POST",
        Headers = new Dictionary<string, string> { ["X-Key"] = "tenants-key" },
        Timeout = TimeSpan.FromSeconds(5),
    };

    /// <summary>The same, as it is since its headers are secrets.</summary>
    public static HttpToolSettings BookWith(params string[] headerNames) => new()
    {
        Name = "book",
        Description = "Books an appointment.",
        Parameters = """{"type":"object"}""",
        Url = "https://clinic.example.com/book",
        Method = "POST",
        CredentialId = "0199e0a4-0000-7000-8000-000000000009",
        HeaderNames = headerNames,
    };

    /// <summary>A model that calls a tool once, and then says what it has to say.</summary>
    public static Func<LanguageModelRequest, IEnumerable<LanguageModelToken>> Once(string tool, string arguments, string before, string after) =>
        request => request.Messages[^1].Role is ChatRole.Tool || request.Messages.Any(message => message.Text == "thank you so much")
            ? [new LanguageModelToken.Text(after)]
            : [new LanguageModelToken.Text(before), new LanguageModelToken.ToolCall("1", tool, arguments)];

    public static PaperCall Call(
        Func<LanguageModelRequest, IEnumerable<LanguageModelToken>> model, Func<CallSettings, CallSettings>? settings = null)
    {
        var speech = new FakeSpeech();
        speech.Mind.Answer = model;
        return new PaperCall(speech, settings ?? (plain => plain with
        {
            Tools = [Book],
            SendKeys = true,
            TransferTargets = new Dictionary<string, string> { ["desk"] = "+15557654321" },
        }));
    }

    /// <summary>The caller has asked for something, and <paramref name="until"/> ms have gone by.</summary>
    public static async Task<PaperCall> AskedAsync(PaperCall call, int until = 2_500)
    {
        await call.AnswerAsync();
        call.Speech.Ears.WillHear("book monday");
        await call.HearOutAsync();
        await call.SayAsync(600);
        await call.WaitAsync(until);
        return call;
    }
}
