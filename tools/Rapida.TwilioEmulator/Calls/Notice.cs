namespace Rapida.TwilioEmulator.Calls;

/// <summary>A warning or error as Twilio's debugger would show it.</summary>
internal sealed record Notice(int Code, string Message);
