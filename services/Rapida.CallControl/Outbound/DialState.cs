namespace Rapida.CallControl.Outbound;

/// <summary>Where the dialling of a call is. Nobody may be rung twice, so a dial whose outcome is not known is found out about, and is never sent again.</summary>
internal enum DialState
{
    /// <summary>Nothing has been sent, or Twilio has said that it took nothing.</summary>
    Waiting,

    /// <summary>One instance has it in hand. From here on Twilio may know of it.</summary>
    Dialling,

    /// <summary>Sent, and no answer that says what became of it.</summary>
    Unknown,

    /// <summary>Twilio has named the call, or has refused it.</summary>
    Settled,

    /// <summary>Taken back before anything was sent.</summary>
    Canceled,
}
