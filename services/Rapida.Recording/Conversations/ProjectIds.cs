using Rapida.ServiceDefaults.Problems;

namespace Rapida.Recording.Conversations;

/// <summary>The field that every gRPC request has.</summary>
internal static class ProjectIds
{
    private static readonly Problem Invalid = new(ProblemKind.Invalid, "project_id_invalid", "project_id must be a UUID.");

    public static Result<Guid> Parse(string projectId) => Guid.TryParse(projectId, out var id) ? id : Invalid;
}
