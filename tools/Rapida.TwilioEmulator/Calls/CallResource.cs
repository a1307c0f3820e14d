using System.Globalization;
using System.Text.Json.Nodes;
using Rapida.TwilioEmulator.Accounts;

namespace Rapida.TwilioEmulator.Calls;

/// <summary>A call as the REST API shows it.</summary>
internal static class CallResource
{
    // Twilio's list prices of local calls in the United States.
    private const decimal OutboundMinute = 0.0140m;
    private const decimal InboundMinute = 0.0085m;

    // "May not be immediately available": the bill is written after the call.
    private static readonly TimeSpan Billing = TimeSpan.FromSeconds(20);

    private static readonly string[] Subresources =
    [
        "Notifications", "Recordings", "Payments", "Events", "Siprec", "Streams", "Transcriptions", "UserDefinedMessages",
        "UserDefinedMessageSubscriptions",
    ];

    public static JsonObject Of(Call call, DateTimeOffset now)
    {
        var uri = $"{call.Account.Uri}/Calls/{call.Sid}";
        return new JsonObject
        {
            ["sid"] = call.Sid,
            ["account_sid"] = call.Account.Sid,
            ["parent_call_sid"] = null,
            ["to"] = call.To,
            ["to_formatted"] = Formatted(call.To),
            ["from"] = call.From,
            ["from_formatted"] = Formatted(call.From),
            ["phone_number_sid"] = call.NumberSid,
            ["status"] = Status(call),
            ["direction"] = call.Direction,
            ["start_time"] = Time(StartOf(call)),
            ["end_time"] = Time(EndOf(call)),
            ["duration"] = Duration(call),
            ["price"] = Price(call, now),
            ["price_unit"] = "USD",
            ["answered_by"] = call.Outbound?.AnsweredBy,
            ["api_version"] = "2010-04-01",
            ["forwarded_from"] = null,
            ["caller_name"] = null,
            ["group_sid"] = null,
            ["trunk_sid"] = null,
            ["queue_time"] = ((long)(call.Outbound?.QueueTime ?? TimeSpan.Zero).TotalMilliseconds).ToString(CultureInfo.InvariantCulture),
            ["date_created"] = Time(call.StartedAt),
            ["date_updated"] = Time(call.EndedAt ?? call.AnsweredAt ?? call.Outbound?.DialledAt ?? call.StartedAt),
            ["uri"] = uri + ".json",
            ["subresource_uris"] = new JsonObject(Subresources.Select(
                name => KeyValuePair.Create(Snake(name), (JsonNode?)$"{uri}/{name}.json"))),
        };
    }

    /// <summary>The resource has no word for what callbacks call initiated.</summary>
    public static string Status(Call call) => (call.Status == CallStatus.Initiated ? CallStatus.Ringing : call.Status).Wire();

    /// <summary>When it was answered; before that, when it was dialled. Null while it is queued.</summary>
    public static DateTimeOffset? StartOf(Call call) => call.AnsweredAt ?? call.Outbound?.DialledAt;

    /// <summary>Null for a call that was placed and not answered: "empty if the call did not complete successfully".</summary>
    public static DateTimeOffset? EndOf(Call call) => call.Outbound is not null && call.AnsweredAt is null ? null : call.EndedAt;

    private static string? Duration(Call call) => EndOf(call) is null ? null : call.Seconds.ToString(CultureInfo.InvariantCulture);

    // Negative: it is taken from the account.
    private static string? Price(Call call, DateTimeOffset now)
    {
        if (call.AnsweredAt is null || call.EndedAt is not { } ended || now - ended < Billing)
            return null;
        var price = -call.Minutes * (call.Outbound is null ? InboundMinute : OutboundMinute);
        return price.ToString("0.00000", CultureInfo.InvariantCulture);
    }

    // (415) 867-5309 for numbers of North America, E.164 for all others.
    private static string Formatted(string number) => number is ['+', '1', .. { Length: 10 } national]
        ? $"({national[..3]}) {national[3..6]}-{national[6..]}"
        : number;

    private static string Snake(string name) => System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(name);

    private static string? Time(DateTimeOffset? at) => at is { } moment ? TwilioTime.Rfc2822(moment) : null;
}
