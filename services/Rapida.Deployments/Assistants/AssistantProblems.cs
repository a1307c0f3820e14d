using Rapida.ServiceDefaults.Problems;

namespace Rapida.Deployments.Assistants;

internal static class AssistantProblems
{
    public static readonly Problem Unknown = new(ProblemKind.NotFound, "assistant_unknown", "There is no such assistant in this project.");

    public static readonly Problem ProjectInvalid = new(ProblemKind.NotFound, "project_unknown", "There is no such project.");

    public static readonly Problem NameInvalid = new(
        ProblemKind.Invalid, "name_invalid", $"Give the assistant a name of 1 to {Assistant.MaxName} printable characters.");

    public static readonly Problem PromptInvalid = new(
        ProblemKind.Invalid, "prompt_invalid", $"prompt is a text of at most {AssistantVersion.MaxPrompt} characters.");

    public static readonly Problem TooManyTools = new(
        ProblemKind.Invalid, "tools_too_many",
        $"An assistant has at most {HttpTool.Most} tools, with together at most {HttpTool.MaxTotal} characters.");

    public static Problem ToolNameInvalid(string? name) => new(
        ProblemKind.Invalid, "tool_name_invalid",
        $"The name of a tool has 1 to 64 of a-z, A-Z, 0-9, _ and -, a letter first; \"{name}\" does not.");

    public static Problem ToolNameTaken(string name) => new(
        ProblemKind.Invalid, "tool_name_taken", $"There is more than one tool with the name {name}, or Rapida has one of that name itself.");

    public static Problem ToolInvalid(string name, string sentence) => new(ProblemKind.Invalid, "tool_invalid", $"Tool {name}: {sentence}");

    public static Problem HeadersNotKept(string tool) => ToolInvalid(
        tool, $"{HttpToolSettings.Masked} keeps what the latest version has, and that has no such headers with this tool. Give their values.");

    public static Problem HeadersHalfKept(string tool) => ToolInvalid(
        tool, $"{HttpToolSettings.Masked} keeps all headers or none: give the values of the others too, or leave them out.");

    public static Problem ToolCredentialUnknown(string tool) => ToolInvalid(
        tool, "credential_id names no credential of http-headers in this project. Store one, or give headers.");

    public static readonly Problem VersionInvalid = new(
        ProblemKind.Invalid, "version_invalid", "version counts from 1; 0 stands for the live one.");

    public static Problem VersionUnknown(int version) => new(
        ProblemKind.NotFound, "version_unknown", $"This assistant has no version {version}.");

    /// <summary>Reads the <c>project_id</c> of a request: what is no id is nobody's project.</summary>
    public static Result<Guid> ParseProjectId(this string projectId) => Guid.TryParse(projectId, out var id) ? id : ProjectInvalid;
}
