using Rapida.ServiceDefaults.Problems;

namespace Rapida.CallControl.Calls;

/// <summary>The error catalogue of calls.</summary>
internal static class CallProblems
{
    public static readonly Problem Unknown = new(ProblemKind.NotFound, "call_unknown", "There is no such call in this project.");

    public static readonly Problem CredentialUnknown = new(
        ProblemKind.NotFound, "credential_unknown", "There is no such credential in this project.");

    public static readonly Problem Answered = new(
        ProblemKind.Conflict, "call_answered", "The call has been answered: hang it up instead.");

    public static readonly Problem BadFilter = new(
        ProblemKind.Invalid, "filter_invalid", "status is one of Twilio's words, direction is inbound or outbound, and times are RFC 3339.");

    public static Guid ParseProject(string text) => ParseOrThrow(text, "project_id");

    public static Guid ParseId(string text) => ParseOrThrow(text, "id");

    private static Guid ParseOrThrow(string text, string field) => Guid.TryParse(text, out var id)
        ? id
        : throw new ProblemException(new(ProblemKind.Invalid, "id_invalid", $"{field} is not a UUID."));
}

/// <summary>The words of <see cref="Call.Direction"/>.</summary>
internal static class Directions
{
    public const string Inbound = "inbound";
    public const string Outbound = "outbound";
}
