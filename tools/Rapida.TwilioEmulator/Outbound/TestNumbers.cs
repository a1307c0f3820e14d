using Rapida.TwilioEmulator.Calls;

namespace Rapida.TwilioEmulator.Outbound;

/// <summary>Numbers with which Twilio lets its customers try its answers, there with test credentials only.</summary>
internal static class TestNumbers
{
    /// <summary>Every account may call from it.</summary>
    public const string Owned = "+15005550006";

    public static Notice? ProblemOf(string to, string from) => (to, from) switch
    {
        ("+15005550001", _) => new Notice(21217, $"Phone number {to} does not appear to be valid"),
        ("+15005550002", _) => new Notice(21214, $"'To' phone number {to} cannot be reached"),
        ("+15005550003", _) => new Notice(21215, $"Account not authorized to call {to}: geographic permissions"),
        ("+15005550004", _) => new Notice(21216, $"Call to {to} is blocked"),
        (_, "+15005550001") => new Notice(21212, $"The 'From' number {from} is not a valid phone number."),
        _ => null,
    };
}
