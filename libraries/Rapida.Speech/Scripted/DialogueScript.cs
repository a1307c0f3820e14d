using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Rapida.Speech.Scripted;

/// <summary>What a scripted assistant asks for, and in which words. <c>{{name}}</c> stands for a slot or for a variable of the call.</summary>
public sealed record DialogueScript
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter() },
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    /// <summary>How often in a row the assistant may fail to understand before it gives up.</summary>
    public int Tries { get; init; } = 4;

    /// <summary>Spoken before the first question when the deployment has no greeting.</summary>
    public string Opening { get; init; } = "";

    /// <summary>What to ask for, in this order; a caller may answer in any.</summary>
    public required IReadOnlyList<SlotScript> Slots { get; init; }

    /// <summary>Spoken before the next question when the conversation goes on after a break.</summary>
    public string Back { get; init; } = "";

    /// <summary>Keys that have a tool called, whatever was asked for. Where the tool is not allowed they are keys like others.</summary>
    public IReadOnlyDictionary<string, KeyScript> Keys { get; init; } = new Dictionary<string, KeyScript>();

    public required string Confirm { get; init; }

    public required string ConfirmRetry { get; init; }

    public required string Change { get; init; }

    public required string Goodbye { get; init; }

    /// <summary>For a caller who leaves before all is settled.</summary>
    public required string Farewell { get; init; }

    public required string GiveUp { get; init; }

    /// <summary>A script that comes with the library: "appointment".</summary>
    /// <exception cref="SpeechProviderException">There is none of that name.</exception>
    public static DialogueScript BuiltIn(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name + ".json")
            ?? throw new SpeechProviderException($"There is no script \"{name}\". There is: appointment. Or give a script (JSON) as the prompt.");
        return JsonSerializer.Deserialize<DialogueScript>(stream, Json)!;
    }

    /// <exception cref="SpeechProviderException">The text is no script.</exception>
    public static DialogueScript Parse(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<DialogueScript>(json, Json)!;
        }
        catch (JsonException e)
        {
            throw new SpeechProviderException($"The prompt is not a script: {e.Message}", e);
        }
    }
}

/// <summary>One thing to find out.</summary>
public sealed record SlotScript
{
    public required string Name { get; init; }

    public required SlotKind Kind { get; init; }

    public required string Ask { get; init; }

    /// <summary>After the first answer that was not understood.</summary>
    public required string Retry { get; init; }

    /// <summary>After the second: how to answer on the keypad.</summary>
    public required string Keypad { get; init; }

    /// <summary>While digits come in several pieces; <c>{{partial}}</c> stands for those that have come.</summary>
    public string More { get; init; } = "{{partial}}.";

    /// <summary>Numbers of digits that are complete.</summary>
    public IReadOnlyList<int> Lengths { get; init; } = [7, 10];
}

/// <summary>A tool that the caller can have called.</summary>
public sealed record KeyScript
{
    /// <summary>Spoken before.</summary>
    public required string Say { get; init; }

    public required string Tool { get; init; }

    public required JsonElement Arguments { get; init; }
}

public enum SlotKind
{
    /// <summary>"monday" to "sunday", "today", "tomorrow".</summary>
    Day,

    /// <summary>24 hours, "10:30".</summary>
    Time,

    /// <summary>"5551234".</summary>
    Digits,
}
