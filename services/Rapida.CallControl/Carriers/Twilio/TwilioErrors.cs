using System.Collections.Frozen;
using System.Text.Json;
using Rapida.CallControl.Calls;

namespace Rapida.CallControl.Carriers.Twilio;

/// <summary>Twilio's error codes: their words, and what they mean to a call that we place. The catalogue is Twilio's own, of November 2022.</summary>
internal static class TwilioErrors
{
    private static readonly Lazy<FrozenDictionary<int, string>> Titles = new(Read);

    /// <summary>Twilio's words for a code; null for one that the catalogue does not have.</summary>
    public static string? Title(int code) => Titles.Value.GetValueOrDefault(code);

    /// <summary>The <see cref="FailureCodes"/> of a call that was refused with this code, at this HTTP status.</summary>
    public static string FailureCode(int code, int status) => code switch
    {
        21211 or 21214 or 21217 or 21401 or 13223 or 13224 or 13226 => FailureCodes.ToNumberInvalid,
        21216 or 13225 => FailureCodes.ToNumberBlocked,
        21215 or 13227 => FailureCodes.CountryNotEnabled,
        21219 or 21608 => FailureCodes.ToNumberUnverified,
        21210 or 21212 or 21213 => FailureCodes.FromNumberNotOwned,
        20005 or 10001 => FailureCodes.AccountInactive,
        20003 or 20006 or 20008 => FailureCodes.CredentialRefused,
        _ when status == StatusCodes.Status401Unauthorized => FailureCodes.CredentialRefused,
        _ => FailureCodes.CarrierRefused,
    };

    private static FrozenDictionary<int, string> Read()
    {
        using var resource = typeof(TwilioErrors).Assembly.GetManifestResourceStream("twilio_error_codes.json")!;
        return JsonSerializer.Deserialize<List<Entry>>(resource, JsonSerializerOptions.Web)!.ToFrozenDictionary(entry => entry.Code, entry => entry.Title);
    }

    private sealed record Entry(int Code, string Title);
}
