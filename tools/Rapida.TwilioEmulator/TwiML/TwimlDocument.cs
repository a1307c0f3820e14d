using Rapida.TwilioEmulator.Calls;

namespace Rapida.TwilioEmulator.TwiML;

/// <summary>A document that was accepted, what was odd about it, and the URL against which its relative URLs resolve.</summary>
internal sealed record TwimlDocument(IReadOnlyList<Verb> Verbs, IReadOnlyList<Notice> Warnings)
{
    public string? BaseUrl { get; init; }
}

/// <summary>The document cannot be run: the call goes to the fallback URL.</summary>
internal sealed class TwimlException(int code, string message) : Exception(message)
{
    public int Code => code;
}
