namespace Rapida.TwilioEmulator.Control;

/// <summary>A call cannot be placed as it was asked for; the message is a sentence for whoever asked.</summary>
internal sealed class InvalidCallException(string code, string message) : Exception(message)
{
    public string Code => code;
}
