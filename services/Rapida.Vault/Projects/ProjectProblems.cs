using Rapida.ServiceDefaults.Problems;

namespace Rapida.Vault.Projects;

internal static class ProjectProblems
{
    public static readonly Problem Unknown = new(ProblemKind.NotFound, "project_unknown", "There is no such project.");

    /// <summary>Reads the <c>project_id</c> of a request: what is no id is nobody's project.</summary>
    public static Result<Guid> ParseProjectId(this string projectId) => Guid.TryParse(projectId, out var id) ? id : Unknown;
}
