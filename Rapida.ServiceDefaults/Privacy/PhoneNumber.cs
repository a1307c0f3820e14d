using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace Rapida.ServiceDefaults.Privacy;

/// <summary>A telephone number in E.164 form: <c>+</c> and 2 to 15 digits, the first not zero.</summary>
public sealed record PhoneNumber
{
    private PhoneNumber(string e164) => E164 = e164;

    /// <summary>The whole number. Personal data: for the carrier and the database, never for a log, span or event.</summary>
    [JsonIgnore]
    public string E164 { get; }

    /// <summary>Reads a number in E.164 form; nothing else is accepted, so <c>0049…</c> or spaces are the sender's to mend.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out PhoneNumber? number)
    {
        var valid = text is ['+', >= '1' and <= '9', ..] && text.Length is >= 3 and <= 16
            && !text.AsSpan(1).ContainsAnyExceptInRange('0', '9');
        number = valid ? new(text!) : null;
        return valid;
    }

    /// <summary>The last two digits: enough to recognise a test number in a log, not enough to call anyone.</summary>
    public override string ToString() => $"+…{E164.AsSpan(E164.Length - 2)}";
}
