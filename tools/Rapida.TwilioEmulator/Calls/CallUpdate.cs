using System.Globalization;
using Rapida.TwilioEmulator.Accounts;

namespace Rapida.TwilioEmulator.Calls;

/// <summary>What REST does to a call: ends it, lets other TwiML take over, or changes what is asked later.</summary>
internal static class CallUpdate
{
    private const int MostTwiml = 4_000;

    private static readonly string[] Methods = ["Method", "FallbackMethod", "StatusCallbackMethod"];

    private static readonly (string Field, int Code)[] Urls = [("Url", 21205), ("FallbackUrl", 21205), ("StatusCallback", 21609)];

    /// <summary>Null: done.</summary>
    public static IResult? Apply(Call call, IFormCollection form)
    {
        var (status, url, twiml) = (form["Status"].ToString(), form["Url"].ToString(), form["Twiml"].ToString());
        if (call.IsEnding)
            return Invalid(21220, "Call is not in-progress. Cannot redirect.");
        if (Problem(form, status, url, twiml) is { } problem)
            return problem;

        if (status.Length == 0 && (url.Length > 0 || twiml.Length > 0))
        {
            // A call that was placed has no document before it is answered.
            var method = Method(form, "Method");
            if (call.Outbound is not null && call.AnsweredAt is null)
                return Invalid(21220, "Call is not in-progress. Cannot redirect.");
            call.Update(url.Length > 0 ? new DocumentSource.Remote("update", url, method) : new DocumentSource.Inline(twiml));
        }
        Configure(call, form);

        // Cancelling leaves a call alone that was answered; completing ends it wherever it is.
        if (status == "completed")
            call.HangUp(EndReason.RestCompleted);
        else if (status == "canceled" && call.AnsweredAt is null)
            call.HangUp(EndReason.RestCanceled);
        return null;
    }

    private static void Configure(Call call, IFormCollection form)
    {
        if (form["FallbackUrl"].ToString() is { Length: > 0 } fallback)
            call.Fallback = new CallbackAddress(fallback, Method(form, "FallbackMethod"));
        if (form["StatusCallback"].ToString() is { Length: > 0 } callback)
            call.StatusCallback = new CallbackAddress(callback, Method(form, "StatusCallbackMethod"));
        if (int.TryParse(form["TimeLimit"], NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
            call.LimitTo(TimeSpan.FromSeconds(seconds));
    }

    private static IResult? Problem(IFormCollection form, string status, string url, string twiml)
    {
        if (status is not ("" or "completed" or "canceled"))
            return Invalid(20001, $"Status is not valid: {status}");
        if (url.Length == 0 && twiml.Length > MostTwiml)
            return Invalid(32018, $"Twiml is longer than {MostTwiml} characters");
        foreach (var (field, code) in Urls)
        {
            if (form[field].ToString() is { Length: > 0 } address && !RestForm.IsWebAddress(address))
                return Invalid(code, $"{field} is not a valid URL: {address}");
        }
        foreach (var field in Methods)
        {
            if (Method(form, field) is not ("GET" or "POST"))
                return Invalid(21209, $"{field} is not valid: must be GET or POST");
        }
        return form["TimeLimit"].ToString() is { Length: > 0 } limit && !RestForm.IsNumber(limit, 1, RestForm.SecondsADay)
            ? Invalid(20001, $"TimeLimit is not valid: {limit}")
            : null;
    }

    private static string Method(IFormCollection form, string field) =>
        form[field].ToString() is { Length: > 0 } method ? method.ToUpperInvariant() : "POST";

    private static IResult Invalid(int code, string message) => RestError.Of(StatusCodes.Status400BadRequest, code, message);
}
