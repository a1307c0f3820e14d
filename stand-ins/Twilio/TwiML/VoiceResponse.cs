using Twilio.Http;
using Twilio.TwiML.Voice;

namespace Twilio.TwiML;

/// <summary>What to do with a call.</summary>
public class VoiceResponse : TwiML
{
    public VoiceResponse() : base("Response") { }

    public VoiceResponse Connect(Uri action = null, HttpMethod method = null) =>
        Append(new Connect(action, method));

    public VoiceResponse Dial(string number = null, Uri action = null, HttpMethod method = null, int? timeout = null,
        bool? hangupOnStar = null, int? timeLimit = null, string callerId = null, Dial.RecordEnum record = null, Dial.TrimEnum trim = null,
        Uri recordingStatusCallback = null, string recordingConfigurationId = null, HttpMethod recordingStatusCallbackMethod = null,
        IEnumerable<Dial.RecordingEventEnum> recordingStatusCallbackEvent = null, bool? answerOnBridge = null,
        Dial.RingToneEnum ringTone = null, Dial.RecordingTrackEnum recordingTrack = null, bool? sequential = null, Uri referUrl = null,
        HttpMethod referMethod = null, Dial.EventsEnum events = null) =>
        Append(new Dial(number, action, method, timeout, hangupOnStar, timeLimit, callerId, record, trim, recordingStatusCallback,
            recordingConfigurationId, recordingStatusCallbackMethod, recordingStatusCallbackEvent, answerOnBridge, ringTone, recordingTrack,
            sequential, referUrl, referMethod, events));

    public VoiceResponse Hangup() =>
        Append(new Hangup());

    public VoiceResponse Pause(int? length = null) =>
        Append(new Pause(length));

    public VoiceResponse Play(Uri url = null, int? loop = null, string digits = null) =>
        Append(new Play(url, loop, digits));

    public VoiceResponse Redirect(Uri url = null, HttpMethod method = null) =>
        Append(new Redirect(url, method));

    public VoiceResponse Reject(Reject.ReasonEnum reason = null) =>
        Append(new Reject(reason));

    public VoiceResponse Say(string message = null, Say.VoiceEnum voice = null, int? loop = null, Say.LanguageEnum language = null) =>
        Append(new Say(message, voice, loop, language));

    public new VoiceResponse Append(TwiML childElem) => (VoiceResponse)base.Append(childElem);

    public new VoiceResponse SetOption(string key, object value) => (VoiceResponse)base.SetOption(key, value);
}
