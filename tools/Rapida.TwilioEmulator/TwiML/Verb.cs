namespace Rapida.TwilioEmulator.TwiML;

/// <summary>A verb of a TwiML document, with Twilio's defaults filled in.</summary>
internal abstract record Verb;

internal sealed record ConnectVerb(StreamNoun Stream, string? Action, string Method) : Verb;

/// <summary><c>&lt;Stream&gt;</c> as written; nothing of it is checked before it is used.</summary>
internal sealed record StreamNoun(
    string Url, string? Name, string? Track, string? StatusCallback, string StatusCallbackMethod, IReadOnlyDictionary<string, string> Parameters);

internal sealed record SayVerb(string Text, int Loop) : Verb;

/// <summary><c>&lt;Play digits&gt;</c>; the text holds keys and pauses that <see cref="Line.Dtmf"/> knows.</summary>
internal sealed record PlayDigitsVerb(string Digits, int Loop) : Verb;

internal sealed record PauseVerb(TimeSpan Length) : Verb;

internal sealed record HangupVerb : Verb;

internal sealed record RedirectVerb(string Url, string Method) : Verb;

internal sealed record RejectVerb(string Reason) : Verb;

/// <summary><c>&lt;Dial&gt;</c> of one number, as written; the number is only checked when it is dialled.</summary>
internal sealed record DialVerb(string Number) : Verb
{
    public string? Action { get; init; }
    public string Method { get; init; } = "POST";
    public string? CallerId { get; init; }
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);
    public TimeSpan TimeLimit { get; init; } = TimeSpan.FromHours(4);

    /// <summary>The caller's own call is only answered when the dialled person answers.</summary>
    public bool AnswerOnBridge { get; init; }

    /// <summary>The caller can end the dialled call, and not more, by pressing *.</summary>
    public bool HangupOnStar { get; init; }
}

/// <summary>Something that Twilio has and this emulator cannot carry out.</summary>
/// <param name="What">For example <c>&lt;Gather&gt;</c>.</param>
internal sealed record UnsupportedVerb(string What) : Verb;
