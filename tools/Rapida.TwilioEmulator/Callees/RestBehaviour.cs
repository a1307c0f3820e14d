namespace Rapida.TwilioEmulator.Callees;

/// <summary>What the REST API answers when a call to a number is created.</summary>
internal enum RestAnswer
{
    Created,

    /// <summary>400 with a code; nothing is created.</summary>
    Rejected,

    /// <summary>429; nothing is created.</summary>
    RateLimited,

    /// <summary>The call is created and dialled, and the connection breaks before the answer.</summary>
    LostAnswer,

    /// <summary>The call is created and dialled, and the answer is 500.</summary>
    ErrorAfter,

    /// <summary>500; nothing is created.</summary>
    ErrorBefore,
}

/// <summary>How often the REST API misbehaves for one number before it creates calls as it should.</summary>
/// <param name="answer">What it answers.</param>
/// <param name="code">The error's code, when it rejects.</param>
/// <param name="times">Null: always.</param>
internal sealed class RestBehaviour(RestAnswer answer, int code, int? times)
{
    private int _asked;

    public static RestBehaviour Creates { get; } = new(RestAnswer.Created, 0, null);

    public int Code => code;

    /// <summary>The answer to one creation, which is thereby counted.</summary>
    public RestAnswer Next() => times is null || Interlocked.Increment(ref _asked) <= times ? answer : RestAnswer.Created;
}
