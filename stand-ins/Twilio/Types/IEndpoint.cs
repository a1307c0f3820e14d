namespace Twilio.Types;

/// <summary>One side of a call: a phone number, a SIP address or a client.</summary>
public interface IEndpoint;
