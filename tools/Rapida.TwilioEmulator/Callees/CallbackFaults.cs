namespace Rapida.TwilioEmulator.Callees;

/// <summary>The four moments of a call that a customer can ask to be told of.</summary>
internal enum ProgressEvent
{
    Initiated,
    Ringing,
    Answered,

    /// <summary>The call is over, however it ended.</summary>
    Completed,
}

/// <summary>What becomes of one status callback. Twilio promises neither that it arrives, nor once, nor in order.</summary>
/// <param name="Lost">It is never sent.</param>
/// <param name="Twice">It is sent a second time after the first.</param>
/// <param name="Reordered">It is sent after the one that follows it. The last one has none to wait for.</param>
/// <param name="Late">It is sent so much later.</param>
internal readonly record struct CallbackFate(bool Lost, bool Twice, bool Reordered, TimeSpan Late);

/// <summary>What goes wrong with the status callbacks of calls to one number.</summary>
internal sealed class CallbackFaults(IReadOnlyDictionary<ProgressEvent, CallbackFate> fates)
{
    public static CallbackFaults None { get; } = new(new Dictionary<ProgressEvent, CallbackFate>());

    public CallbackFate Of(ProgressEvent progress) => fates.GetValueOrDefault(progress);
}
