using System.Xml.Linq;
using Twilio.Types;

namespace Twilio.TwiML.Voice;

/// <summary>A media stream. Only the scheme wss is accepted, and a query is dropped.</summary>
public class Stream : TwiML
{
    public Stream(string name = null, string connectorName = null, string url = null, TrackEnum track = null, string statusCallback = null,
        StatusCallbackMethodEnum statusCallbackMethod = null) : base("Stream")
    {
        Name = name;
        ConnectorName = connectorName;
        Url = url;
        Track = track;
        StatusCallback = statusCallback;
        StatusCallbackMethod = statusCallbackMethod;
    }

    public string Name { get; set; }

    public string ConnectorName { get; set; }

    public string Url { get; set; }

    public TrackEnum Track { get; set; }

    public string StatusCallback { get; set; }

    public StatusCallbackMethodEnum StatusCallbackMethod { get; set; }

    public Stream Parameter(string name = null, string value = null) =>
        Append(new Parameter(name, value));

    public new Stream Append(TwiML childElem) => (Stream)base.Append(childElem);

    public new Stream SetOption(string key, object value) => (Stream)base.SetOption(key, value);

    protected override List<XAttribute> GetElementAttributes() => Attributes(
        ("name", Name), ("connectorName", ConnectorName), ("url", Url), ("track", Track), ("statusCallback", StatusCallback),
        ("statusCallbackMethod", StatusCallbackMethod));

    public sealed class TrackEnum : StringEnum
    {
        public static readonly TrackEnum InboundTrack = new("inbound_track");
        public static readonly TrackEnum OutboundTrack = new("outbound_track");
        public static readonly TrackEnum BothTracks = new("both_tracks");

        public TrackEnum() { }

        private TrackEnum(string value) : base(value) { }

        public static implicit operator TrackEnum(string value) => new(value);
    }

    public sealed class StatusCallbackMethodEnum : StringEnum
    {
        public static readonly StatusCallbackMethodEnum Get = new("GET");
        public static readonly StatusCallbackMethodEnum Post = new("POST");

        public StatusCallbackMethodEnum() { }

        private StatusCallbackMethodEnum(string value) : base(value) { }

        public static implicit operator StatusCallbackMethodEnum(string value) => new(value);
    }
}
