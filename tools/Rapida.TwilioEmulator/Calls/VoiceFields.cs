using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Rapida.TwilioEmulator.Accounts;
using Fields = System.Collections.Generic.List<System.Collections.Generic.KeyValuePair<string, string>>;

namespace Rapida.TwilioEmulator.Calls;

/// <summary>The fields of Twilio's voice requests, in no particular order, as on the wire.</summary>
internal static class VoiceFields
{
    /// <summary>A request for TwiML.</summary>
    public static Fields ForDocument(Call call, params IEnumerable<(string Name, string Value)> more)
    {
        var fields = Common(call);
        if (call.Outbound is null)
        {
            Add(fields, "StirVerstat", "TN-Validation-Passed-A");
            Add(fields, "CallToken", CallToken(call));
        }
        return Shuffled(fields, more);
    }

    /// <summary>The one callback of an incoming number: the call is over.</summary>
    // ringing was 0, in-progress 1: events that nobody subscribed to are counted too.
    public static Fields ForEndOfCall(Call call) =>
        ForProgress(call, call.AnsweredAt is null ? 1 : 2, call.Status switch { CallStatus.Busy => 486, CallStatus.NoAnswer => 487, _ => 200 });

    /// <summary>What a call has come to.</summary>
    /// <param name="call">The call, which is there now.</param>
    /// <param name="sequenceNumber">From 0.</param>
    /// <param name="sipResponseCode">How it ended; not told before that.</param>
    public static Fields ForProgress(Call call, int sequenceNumber, int sipResponseCode)
    {
        var at = call.EndedAt ?? call.AnsweredAt ?? call.Outbound?.DialledAt ?? call.StartedAt;
        var fields = Common(call);
        Add(fields, "Timestamp", TwilioTime.Rfc2822(at));
        Add(fields, "CallbackSource", "call-progress-events");
        Add(fields, "SequenceNumber", Number(sequenceNumber));
        if (call.Outbound?.AnsweredBy is { } answeredBy)
            Add(fields, "AnsweredBy", answeredBy);
        if (call.Status is CallStatus.Ringing or CallStatus.InProgress)
            Add(fields, "StirStatus", "A");
        if (call.Status.IsTerminal())
        {
            Add(fields, "CallDuration", Number(call.Seconds));
            Add(fields, "SipResponseCode", Number(sipResponseCode));
        }
        if (call.Status == CallStatus.Completed)
            Add(fields, "Duration", Number(call.Minutes));
        return Shuffled(fields, []);
    }

    /// <summary>Who or what has answered, told while the document already runs.</summary>
    public static Fields ForDetection(Call call, IReadOnlyList<(string Name, string Value)> verdict)
    {
        Fields fields = [];
        Add(fields, "CallSid", call.Sid);
        Add(fields, "AccountSid", call.Account.Sid);
        return Shuffled(fields, verdict);
    }

    /// <summary>What happened to a media stream.</summary>
    public static Fields ForStream(Call call, string streamSid, string name, string streamEvent, string? error, DateTimeOffset at)
    {
        Fields fields = [];
        Add(fields, "AccountSid", call.Account.Sid);
        Add(fields, "CallSid", call.Sid);
        Add(fields, "StreamSid", streamSid);
        Add(fields, "StreamName", name);
        Add(fields, "StreamEvent", streamEvent);
        Add(fields, "Timestamp", TwilioTime.Nanoseconds(at));
        return Shuffled(fields, error is null ? [] : [("StreamError", error)]);
    }

    private static Fields Common(Call call)
    {
        Fields fields = [];
        Add(fields, "CallSid", call.Sid);
        Add(fields, "AccountSid", call.Account.Sid);
        Add(fields, "ApiVersion", "2010-04-01");
        Add(fields, "Direction", call.Direction);
        Add(fields, "CallStatus", call.Status.Wire());
        foreach (var (names, number) in (((string, string), string)[])[(("From", "Caller"), call.From), (("To", "Called"), call.To)])
        {
            foreach (var name in (string[])[names.Item1, names.Item2])
            {
                Add(fields, name, number);
                Add(fields, name + "Country", number.StartsWith("+1", StringComparison.Ordinal) ? "US" : "");
                // What is unknown is sent empty, not left out.
                foreach (var unknown in (string[])["City", "State", "Zip"])
                    Add(fields, name + unknown, "");
            }
        }
        return fields;
    }

    // Percent-encoded within its value, so doubly on the wire; the signature covers the once-encoded text.
    private static string CallToken(Call call) => Uri.EscapeDataString(JsonSerializer.Serialize(new
    {
        parentCallInfoToken = Convert.ToBase64String(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(call.Sid))),
        identityHeaderTokens = Array.Empty<string>(),
    }));

    private static Fields Shuffled(Fields fields, IEnumerable<(string Name, string Value)> more)
    {
        foreach (var (name, value) in more)
            Add(fields, name, value);
        RandomNumberGenerator.Shuffle(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(fields));
        return fields;
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static void Add(Fields fields, string name, string value) => fields.Add(KeyValuePair.Create(name, value));
}
