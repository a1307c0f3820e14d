using System.Text.Json;

namespace Rapida.MediaRelay.Settings;

/// <summary>All settings that a session's decisions depend on, as its journal keeps them: no key, no address, no prompt of a model.</summary>
internal sealed record DecisionSettings
{
    public TurnTakingOptions TurnTaking { get; init; } = new();

    public CallDecisions Call { get; init; } = new();

    public RelayDecisions MediaRelay { get; init; } = new();

    /// <summary>Of a deployment.</summary>
    internal sealed record CallDecisions
    {
        public string Greeting { get; init; } = "";

        public bool GreetingInterruptible { get; init; } = true;

        public string ErrorMessage { get; init; } = "";

        public TimeSpan IdleTimeout { get; init; }

        public string IdleMessage { get; init; } = "";

        public int IdleRetries { get; init; }

        public TimeSpan Remaining { get; init; }

        /// <summary>The conversation goes on in this stream.</summary>
        public bool IsResumed { get; init; }

        /// <summary>And it was known what had been said before.</summary>
        public bool IsRecalled { get; init; }
    }

    /// <summary>Of a relay.</summary>
    internal sealed record RelayDecisions
    {
        public string TimeIsUpMessage { get; init; } = "";

        public string ReturnMessage { get; init; } = "";

        public string NotUnderstoodMessage { get; init; } = "";
    }

    public static DecisionSettings Of(CallSettings call, RelayOptions relay, TurnTakingOptions turnTaking) => new()
    {
        TurnTaking = turnTaking,
        Call = new()
        {
            Greeting = call.Greeting,
            GreetingInterruptible = call.GreetingInterruptible,
            ErrorMessage = call.ErrorMessage,
            IdleTimeout = call.IdleTimeout,
            IdleMessage = call.IdleMessage,
            IdleRetries = call.IdleRetries,
            Remaining = call.Remaining,
            IsResumed = call.Resumption is not null,
            IsRecalled = call.Resumption is { History.Count: > 0 },
        },
        MediaRelay = new()
        {
            TimeIsUpMessage = relay.TimeIsUpMessage,
            ReturnMessage = relay.ReturnMessage,
            NotUnderstoodMessage = relay.NotUnderstoodMessage,
        },
    };

    public string ToJson() => JsonSerializer.Serialize(this);

    /// <summary>Reads what was noted, with some values changed.</summary>
    /// <param name="json">From the journal.</param>
    /// <param name="changes">By name, for example <c>TurnTaking:Silence</c>.</param>
    /// <exception cref="ArgumentException">There is no such setting, or it cannot have this value.</exception>
    public static DecisionSettings Parse(string json, IReadOnlyDictionary<string, string> changes)
    {
        var noted = new ConfigurationBuilder().AddJsonStream(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(json))).Build();
        foreach (var name in changes.Keys.Where(name => noted[name] is null))
            throw new ArgumentException(
                $"There is no setting {name}. There are: {string.Join(", ", noted.AsEnumerable().Where(one => one.Value is not null).Select(one => one.Key).Order())}.");

        var changed = new ConfigurationBuilder().AddConfiguration(noted).AddInMemoryCollection(changes.Select(change => new KeyValuePair<string, string?>(change.Key, change.Value))).Build();
        try
        {
            return changed.Get<DecisionSettings>() ?? new();
        }
        catch (InvalidOperationException exception)
        {
            throw new ArgumentException(exception.InnerException?.Message ?? exception.Message, exception);
        }
    }

    /// <summary>Settings for a session that only decides.</summary>
    /// <param name="engine">The name under which its engines are found.</param>
    public CallSettings ToCallSettings(string engine)
    {
        var provider = new ProviderSettings(engine, new Dictionary<string, string>());
        return new()
        {
            AssistantId = "",
            LanguageModel = provider,
            SpeechToText = provider,
            TextToSpeech = provider,
            Greeting = Call.Greeting,
            GreetingInterruptible = Call.GreetingInterruptible,
            ErrorMessage = Call.ErrorMessage,
            IdleTimeout = Call.IdleTimeout,
            IdleMessage = Call.IdleMessage,
            IdleRetries = Call.IdleRetries,
            Remaining = Call.Remaining,
            Resumption = Call.IsResumed ? new Resumption("", Call.IsRecalled ? [Speech.ChatMessage.FromCaller("")] : []) : null,
        };
    }

    public RelayOptions ToRelayOptions() => new()
    {
        TimeIsUpMessage = MediaRelay.TimeIsUpMessage,
        ReturnMessage = MediaRelay.ReturnMessage,
        NotUnderstoodMessage = MediaRelay.NotUnderstoodMessage,
    };
}
