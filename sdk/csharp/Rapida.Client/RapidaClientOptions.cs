namespace Rapida.Client;

/// <summary>How a <see cref="RapidaClient"/> reaches its Rapida.</summary>
public sealed class RapidaClientOptions
{
    /// <summary>The key of the project, <c>rpd-…</c>. It is in no exception and no text.</summary>
    public required string ApiKey { get; init; }

    /// <summary>Where your Rapida answers, such as https://voice.example.com. If left out, it is the environment's <c>RAPIDA_BASE_URL</c>.</summary>
    public Uri? BaseUrl { get; init; }

    /// <summary>How long one attempt may take, and then each part of a download. Rapida itself gives up after 15 s.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How often a request is sent again that failed on the way or was told to come later, where that can do no harm. 0: never.</summary>
    public int Retries { get; init; } = 3;

    /// <summary>The clock of time-outs and waits.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
