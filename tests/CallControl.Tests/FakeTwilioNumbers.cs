using System.Threading.Channels;

namespace CallControl.Tests;

/// <summary>The numbers of its accounts.</summary>
internal sealed partial class FakeTwilio
{
    private IResult ListNumbers(string account, HttpContext context)
    {
        if (AccountOf(account, context) is not { } known)
            return Refused(context);
        if (known.IsDown)
            return Results.StatusCode(StatusCodes.Status503ServiceUnavailable);

        // Twilio takes the number for a pattern, and gives 50 at once unless more are asked for.
        var (like, pageSize) = (context.Request.Query["PhoneNumber"].ToString(), int.TryParse(context.Request.Query["PageSize"], out var size) ? size : 50);
        var found = known.Numbers.Where(number => number.Number.Contains(like, StringComparison.Ordinal)).ToList();
        return Results.Json(new
        {
            incoming_phone_numbers = found.Take(pageSize).Select(ShowNumber),
            page = 0,
            page_size = pageSize,
            next_page_uri = found.Count > pageSize ? $"/2010-04-01/Accounts/{account}/IncomingPhoneNumbers.json?PageSize={pageSize}&Page=1&PageToken=PAPN" : null,
        });
    }

    private IResult ListCallerIds(string account, HttpContext context) => AccountOf(account, context) is { } known
        ? Results.Json(new
        {
            outgoing_caller_ids = known.CallerIds.Where(number => number.Contains(context.Request.Query["PhoneNumber"].ToString(), StringComparison.Ordinal))
                .Select(number => new { sid = $"PN{Guid.NewGuid():N}", phone_number = number }),
        })
        : Refused(context);

    private async Task<IResult> UpdateNumberAsync(string account, string sid, HttpContext context)
    {
        if (AccountOf(account, context)?.Numbers.Find(number => number.Sid == sid) is not { } number)
            return Refused(context);
        var form = await context.Request.ReadFormAsync();
        number.Updates.Writer.TryWrite(form.ToDictionary(field => field.Key, field => field.Value.ToString()));
        if (number.Error is { } code)
            return Results.Json(new { code, message = $"Not {form["VoiceUrl"]}", status = 400 }, statusCode: StatusCodes.Status400BadRequest);
        (number.VoiceUrl, number.VoiceMethod) = (form["VoiceUrl"], form["VoiceMethod"].ToString());
        (number.StatusCallback, number.StatusCallbackMethod) = (form["StatusCallback"], form["StatusCallbackMethod"].ToString());
        return Results.Json(ShowNumber(number));
    }

    private static object ShowNumber(OwnNumber number) => new
    {
        sid = number.Sid,
        phone_number = number.Number,
        friendly_name = number.FriendlyName,
        voice_url = number.VoiceUrl,
        voice_method = number.VoiceMethod,
        status_callback = number.StatusCallback,
        status_callback_method = number.StatusCallbackMethod,
        voice_application_sid = number.ApplicationSid,
        trunk_sid = number.TrunkSid,
    };

    /// <summary>A number of an account. What is not set is null, or empty, as Twilio pleases.</summary>
    public sealed class OwnNumber(string number)
    {
        public string Sid { get; } = $"PN{Guid.NewGuid():N}";

        public string Number => number;

        public string FriendlyName { get; set; } = "Front desk";

        public string? VoiceUrl { get; set; }

        public string? VoiceMethod { get; set; } = "POST";

        public string? StatusCallback { get; set; } = "";

        public string? StatusCallbackMethod { get; set; } = "POST";

        public string? ApplicationSid { get; set; } = "";

        public string? TrunkSid { get; set; }

        /// <summary>Why Twilio does not take an update; null: it does.</summary>
        public int? Error { get; set; }

        public Channel<Dictionary<string, string>> Updates { get; } = Channel.CreateUnbounded<Dictionary<string, string>>();
    }
}
