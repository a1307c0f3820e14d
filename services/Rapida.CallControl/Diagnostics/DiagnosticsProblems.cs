using Rapida.ServiceDefaults.Problems;

namespace Rapida.CallControl.Diagnostics;

internal static class DiagnosticsProblems
{
    public static readonly Problem UrlInvalid = new(
        ProblemKind.Invalid, "url_invalid", "url is the whole address that Twilio asked for, such as https://voice.example.com/v1/talk/twilio/call/123456789?x-api-key=…");

    public static readonly Problem ParamsInvalid = new(
        ProblemKind.Invalid, "params_invalid", "params is an object of at most 1000 fields; each is a text, or a list of texts when Twilio sent it more than once.");
}
