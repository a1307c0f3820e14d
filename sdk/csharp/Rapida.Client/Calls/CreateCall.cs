using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Rapida.Client;

/// <summary>A call that is to be placed.</summary>
public sealed record CreateCall
{
    public required string AssistantId { get; init; }

    /// <summary>Whom to ring, in E.164 form: +15551234567.</summary>
    public required string ToNumber { get; init; }

    /// <summary>The phone deployment's, if left out.</summary>
    public string? FromNumber { get; init; }

    /// <summary>The live one, if left out.</summary>
    public int? Version { get; init; }

    /// <summary>Whatever you want back with the call.</summary>
    public JsonObject? Metadata { get; init; }

    /// <summary>Variables of the prompt and the greeting.</summary>
    public IReadOnlyDictionary<string, string>? Args { get; init; }

    public CallOptions? Options { get; init; }

    /// <summary><c>off</c>, <c>hang_up</c> or <c>continue</c>.</summary>
    public string? MachineDetection { get; init; }

    /// <summary>
    /// Makes sure that nobody is rung twice, however often the request is sent: 1 to 100 visible ASCII characters. If left out, one is made for
    /// each create; with your own, the same call is meant also after your program has started anew.
    /// </summary>
    [JsonIgnore]
    public string? IdempotencyKey { get; init; }

    public override string ToString() => $"CreateCall of assistant {AssistantId}";
}

/// <summary>What is otherwise in one call than in the phone deployment.</summary>
public sealed record CallOptions
{
    public string? Greeting { get; init; }

    public double? IdleTimeoutSeconds { get; init; }

    public string? IdleMessage { get; init; }

    public int? IdleRetries { get; init; }

    public double? MaxDurationSeconds { get; init; }
}
