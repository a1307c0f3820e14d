using System.Text.RegularExpressions;
using Rapida.TwilioEmulator.Calls;

namespace Rapida.TwilioEmulator.Dialling;

/// <summary>Which numbers Twilio dials.</summary>
internal static partial class DialledNumber
{
    /// <summary>Null: nothing is wrong with the number.</summary>
    public static Notice? Check(string number)
    {
        if (!E164().IsMatch(number))
            return new Notice(13223, "Dial: Invalid phone number format");
        return number.StartsWith("+1", StringComparison.Ordinal) && !NorthAmerican().IsMatch(number)
            ? new Notice(13224, "Dial: Twilio does not support calling this number or the number is invalid")
            : null;
    }

    [GeneratedRegex(@"^\+[1-9]\d{1,14}$")]
    private static partial Regex E164();

    // There is no exchange 555, but for the numbers of novels: 555-0100 to 555-0199.
    [GeneratedRegex(@"^\+1\d{3}(?!555(?!01))\d{7}$")]
    private static partial Regex NorthAmerican();
}
