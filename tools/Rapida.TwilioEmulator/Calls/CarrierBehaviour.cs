namespace Rapida.TwilioEmulator.Calls;

/// <summary>What follows a media stream that did not end with a WebSocket close of 1000.</summary>
internal enum AbnormalClose
{
    /// <summary>The same as after a normal close.</summary>
    AsNormal,

    /// <summary>The verb after <c>&lt;/Connect&gt;</c>, whether or not there is an action.</summary>
    Continue,

    /// <summary>The action of <c>&lt;Connect&gt;</c>; without one, the next verb.</summary>
    Action,

    /// <summary>The call ends.</summary>
    EndCall,
}

/// <summary>How this call is carried where nobody knows for certain what Twilio does.</summary>
internal sealed record CarrierBehaviour(bool ConnectActionIsCalled, AbnormalClose AbnormalClose, bool SignStreamsWithTrailingSlash)
{
    public static CarrierBehaviour From(EmulatorOptions options) =>
        new(options.ConnectActionIsCalled, options.AbnormalClose, options.SignStreamsWithTrailingSlash);
}
