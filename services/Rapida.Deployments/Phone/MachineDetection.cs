namespace Rapida.Deployments.Phone;

/// <summary>What is done about machines that answer the assistant's own calls, unless a call says otherwise: the words of the API.</summary>
internal static class MachineDetection
{
    /// <summary>Twilio does not listen for one.</summary>
    public const string Off = "off";

    /// <summary>A machine is hung up on.</summary>
    public const string HangUp = "hang_up";

    /// <summary>The assistant goes on; the call says who answered.</summary>
    public const string Continue = "continue";

    public static bool IsOne(string word) => word is Off or HangUp or Continue;
}
