using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Rapida.Client;

/// <summary>Who talks to people. What it is says its live version.</summary>
public sealed record Assistant
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The version that answers new calls; 0 while there is none.</summary>
    public int LiveVersion { get; init; }
}

/// <summary>Who thinks, listens or speaks, by name.</summary>
public sealed record Provider
{
    public required string Name { get; init; }

    [AllowNull]
    public IReadOnlyDictionary<string, string> Options { get => field ?? new Dictionary<string, string>(); init; }

    /// <summary>The credential with which it is asked. Null: it needs none.</summary>
    public string? CredentialId { get; init; }
}

/// <summary>An address of yours that the model may have called.</summary>
public sealed record HttpTool
{
    public required string Name { get; init; }

    /// <summary>Tells the model when to call it.</summary>
    public required string Description { get; init; }

    public required Uri Url { get; init; }

    /// <summary>POST, if left out.</summary>
    public string? Method { get; init; }

    /// <summary>JSON Schema of the arguments.</summary>
    public JsonElement? Parameters { get; init; }

    /// <summary>Answers show <c>***</c>, and <c>***</c> written back keeps what is stored.</summary>
    public IReadOnlyDictionary<string, string>? Headers { get; init; }

    public double? TimeoutSeconds { get; init; }

    /// <summary>Instead of headers: a credential of the provider <c>http-headers</c>.</summary>
    public string? CredentialId { get; init; }

    /// <summary>Without its address, which may hold a key.</summary>
    public override string ToString() => $"HttpTool {Name}";
}

/// <summary>What an assistant is, whole: what is left out is empty.</summary>
public sealed record CreateAssistantVersion
{
    /// <summary>Who thinks. Without it no call can be held.</summary>
    public Provider? LanguageModel { get; init; }

    /// <summary>What the assistant is told. May hold {{variables}}.</summary>
    public string? Prompt { get; init; }

    public IReadOnlyList<HttpTool>? Tools { get; init; }
}

/// <summary>What an assistant is or was. It is never changed.</summary>
public sealed record AssistantVersion
{
    public required string AssistantId { get; init; }

    /// <summary>Counts from 1.</summary>
    public required int Version { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public Provider? LanguageModel { get; init; }

    [AllowNull]
    public string Prompt { get => field ?? ""; init; }

    [AllowNull]
    public IReadOnlyList<HttpTool> Tools { get => field ?? []; init; }
}

internal sealed record AssistantVersionList
{
    public required IReadOnlyList<AssistantVersion> Versions { get; init; }

    public string? NextPageToken { get; init; }
}

internal sealed record AssistantList
{
    public required IReadOnlyList<Assistant> Assistants { get; init; }

    public string? NextPageToken { get; init; }
}
