using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Rapida.TwilioEmulator.Accounts;

namespace Rapida.TwilioEmulator.Numbers;

internal static partial class NumberEndpoints
{
    public static void MapNumbers(this RouteGroupBuilder account)
    {
        account.MapGet("IncomingPhoneNumbers.json", List);
        account.MapPost("IncomingPhoneNumbers.json", BuyAsync).DisableAntiforgery();
        account.MapGet("IncomingPhoneNumbers/{sid}.json", Show);
        account.MapPost("IncomingPhoneNumbers/{sid}.json", UpdateAsync).DisableAntiforgery();
    }

    private static IResult List(string accountSid, HttpRequest request, AccountDirectory accounts, NumberDirectory numbers)
    {
        var (wanted, name) = (request.Query["PhoneNumber"].ToString(), request.Query["FriendlyName"].ToString());
        var found = numbers.Of(accounts[accountSid])
            .Where(n => wanted.Length == 0 || Matches(n.PhoneNumber, wanted))
            .Where(n => name.Length == 0 || n.FriendlyName == name)
            .ToList();
        return Paging.List(request, "incoming_phone_numbers", found, n => n.Sid, Resource);
    }

    private static IResult Show(string accountSid, string sid, HttpRequest request, AccountDirectory accounts, NumberDirectory numbers) =>
        numbers.Find(accounts[accountSid], sid) is { } number ? Results.Ok(Resource(number)) : RestError.NotFound(request.Path);

    private static async Task<IResult> BuyAsync(
        string accountSid, HttpRequest request, AccountDirectory accounts, NumberDirectory numbers, TimeProvider clock, CancellationToken cancellationToken)
    {
        var form = await RestForm.ReadAsync(request, cancellationToken);
        var phoneNumber = form["PhoneNumber"].ToString();
        if (!E164().IsMatch(phoneNumber))
            return RestError.Of(StatusCodes.Status400BadRequest, 21421, $"PhoneNumber {phoneNumber} is invalid");
        if (numbers.FindByPhoneNumber(phoneNumber, null) is not null)
            return RestError.Of(StatusCodes.Status400BadRequest, 21422, $"PhoneNumber {phoneNumber} is not available");

        var now = clock.GetUtcNow();
        var bought = new IncomingNumber(Sid.New("PN"), accounts[accountSid].Sid, phoneNumber, now) { FriendlyName = phoneNumber };
        return Saved(numbers, new NumberForm(form).Apply(bought, now), StatusCodes.Status201Created);
    }

    private static async Task<IResult> UpdateAsync(
        string accountSid, string sid, HttpRequest request, AccountDirectory accounts, NumberDirectory numbers, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (numbers.Find(accounts[accountSid], sid) is not { } number)
            return RestError.NotFound(request.Path);
        var form = await RestForm.ReadAsync(request, cancellationToken);
        return Saved(numbers, new NumberForm(form).Apply(number, clock.GetUtcNow()), StatusCodes.Status200OK);
    }

    private static IResult Saved(NumberDirectory numbers, (IncomingNumber Number, IResult? Error) applied, int status)
    {
        if (applied.Error is not null)
            return applied.Error;
        numbers.Save(applied.Number);
        return Results.Json(Resource(applied.Number), statusCode: status);
    }

    private static JsonObject Resource(IncomingNumber number) => new()
    {
        ["sid"] = number.Sid,
        ["account_sid"] = number.AccountSid,
        ["phone_number"] = number.PhoneNumber,
        ["friendly_name"] = number.FriendlyName,
        ["capabilities"] = new JsonObject { ["voice"] = true, ["sms"] = true, ["mms"] = false, ["fax"] = false },
        ["voice_url"] = number.VoiceUrl,
        ["voice_method"] = number.VoiceMethod,
        ["voice_fallback_url"] = number.VoiceFallbackUrl,
        ["voice_fallback_method"] = number.VoiceFallbackMethod,
        ["voice_application_sid"] = number.VoiceApplicationSid,
        ["voice_caller_id_lookup"] = number.VoiceCallerIdLookup,
        ["voice_receive_mode"] = number.VoiceReceiveMode,
        ["trunk_sid"] = number.TrunkSid,
        ["status_callback"] = number.StatusCallback,
        ["status_callback_method"] = number.StatusCallbackMethod,
        ["sms_url"] = number.SmsUrl,
        ["sms_method"] = number.SmsMethod,
        ["sms_fallback_url"] = number.SmsFallbackUrl,
        ["sms_fallback_method"] = number.SmsFallbackMethod,
        ["sms_application_sid"] = number.SmsApplicationSid,
        ["address_requirements"] = "none",
        ["address_sid"] = null,
        ["identity_sid"] = null,
        ["bundle_sid"] = null,
        ["emergency_status"] = "Inactive",
        ["emergency_address_sid"] = null,
        ["emergency_address_status"] = "unregistered",
        ["beta"] = false,
        ["origin"] = "twilio",
        ["status"] = "in-use",
        ["type"] = "local",
        ["api_version"] = "2010-04-01",
        ["date_created"] = TwilioTime.Rfc2822(number.CreatedAt),
        ["date_updated"] = TwilioTime.Rfc2822(number.UpdatedAt),
        ["uri"] = $"/2010-04-01/Accounts/{number.AccountSid}/IncomingPhoneNumbers/{number.Sid}.json",
    };

    // The filter may be a part of the number, with * for any digits.
    private static bool Matches(string phoneNumber, string wanted) =>
        Regex.IsMatch(phoneNumber, Regex.Escape(wanted).Replace(@"\*", @"\d*", StringComparison.Ordinal));

    [GeneratedRegex(@"^\+[1-9]\d{1,14}$")]
    private static partial Regex E164();
}
