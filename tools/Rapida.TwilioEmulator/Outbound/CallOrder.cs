using Rapida.TwilioEmulator.Callees;
using Rapida.TwilioEmulator.Calls;

namespace Rapida.TwilioEmulator.Outbound;

/// <summary>A call as a customer asked for it through REST, checked, with Twilio's defaults filled in.</summary>
internal sealed record CallOrder(string To, string From, string NumberSid, DocumentSource Document)
{
    public CallbackAddress? Fallback { get; init; }

    public CallbackAddress? StatusCallback { get; init; }

    /// <summary>Which events the status callback is told.</summary>
    public required IReadOnlySet<ProgressEvent> Events { get; init; }

    /// <summary>How long it may ring.</summary>
    public required TimeSpan Timeout { get; init; }

    public required TimeSpan TimeLimit { get; init; }

    /// <summary>Keys that are dialled once the callee has answered.</summary>
    public string? SendDigits { get; init; }

    /// <summary>Null: nobody asks who or what answers.</summary>
    public DetectionOrder? Detection { get; init; }

    /// <summary>What Twilio's debugger would show of the request.</summary>
    public IReadOnlyList<Notice> Warnings { get; init; } = [];
}

/// <param name="ToMessageEnd">A machine's greeting is awaited to its end.</param>
/// <param name="IsAsync">The document runs meanwhile.</param>
/// <param name="Timeout">After that long the verdict is unknown.</param>
/// <param name="Callback">Who is told, when it runs in the background.</param>
internal sealed record DetectionOrder(bool ToMessageEnd, bool IsAsync, TimeSpan Timeout, CallbackAddress? Callback);
