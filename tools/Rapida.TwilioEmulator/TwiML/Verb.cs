namespace Rapida.TwilioEmulator.TwiML;

/// <summary>A verb of a TwiML document, with Twilio's defaults filled in.</summary>
internal abstract record Verb;

internal sealed record ConnectVerb(StreamNoun Stream, string? Action, string Method) : Verb;

/// <summary><c>&lt;Stream&gt;</c> as written; nothing of it is checked before it is used.</summary>
internal sealed record StreamNoun(
    string Url, string? Name, string? Track, string? StatusCallback, string StatusCallbackMethod, IReadOnlyDictionary<string, string> Parameters);

internal sealed record SayVerb(string Text, int Loop) : Verb;

internal sealed record PauseVerb(TimeSpan Length) : Verb;

internal sealed record HangupVerb : Verb;

internal sealed record RedirectVerb(string Url, string Method) : Verb;

internal sealed record RejectVerb(string Reason) : Verb;

/// <summary>A verb that Twilio has and this emulator cannot carry out.</summary>
internal sealed record UnsupportedVerb(string Name) : Verb;
