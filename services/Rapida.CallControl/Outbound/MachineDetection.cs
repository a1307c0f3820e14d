namespace Rapida.CallControl.Outbound;

/// <summary>What is done about machines that answer. Whoever answers is human until Twilio says otherwise: nobody waits for the verdict.</summary>
internal enum MachineDetection
{
    /// <summary>Twilio does not listen for one.</summary>
    Off,

    /// <summary>A machine is hung up on.</summary>
    HangUp,

    /// <summary>The assistant goes on; the call says who answered.</summary>
    Continue,
}

/// <summary>The words of the API.</summary>
internal static class MachineDetections
{
    /// <summary>Null for a word that there is not.</summary>
    public static MachineDetection? Parse(string? word) => word switch
    {
        null or "off" => MachineDetection.Off,
        "hang_up" => MachineDetection.HangUp,
        "continue" => MachineDetection.Continue,
        _ => null,
    };

    /// <summary>Twilio's words: <c>machine_start</c>, <c>machine_end_beep</c>, <c>fax</c>; what it calls <c>unknown</c> is human.</summary>
    public static bool IsMachine(string answeredBy) => answeredBy == "fax" || answeredBy.StartsWith("machine", StringComparison.Ordinal);
}
