using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Rapida.ServiceDefaults.Access;
using Rapida.ServiceDefaults.OpenApi;
using Rapida.ServiceDefaults.Problems;

namespace Rapida.Vault.Members;

/// <summary>REST: <c>/v1/members</c>.</summary>
internal static class MemberEndpoints
{
    public static void MapMemberEndpoints(this IEndpointRouteBuilder app)
    {
        var members = app.MapGroup("/v1/members").WithParameter("id", "The member's id.", MemberExamples.Id)
            .InSection("Members", "The people who work in the project.");
        members.MapPost("", AddAsync).RequireScope(Scopes.MembersWrite)
            .Describe("addMember", "Lets a person into the project.", "A person is known by an email address.")
            .WithRequestExample(MemberExamples.Add)
            .WithAnswerExample(MemberExamples.Shown)
            .WithProblems(MemberProblems.EmailInvalid, MemberProblems.RoleInvalid, MemberProblems.IsMember);
        members.MapGet("", ListAsync).RequireScope(Scopes.MembersRead)
            .Describe("listMembers", "Lists the project's members.", "By their addresses.")
            .WithAnswerExample(MemberExamples.List);
        members.MapPatch("{id}", ChangeRoleAsync).RequireScope(Scopes.MembersWrite)
            .Describe("changeMemberRole", "Gives a member another role.", "A project keeps one admin at least.")
            .WithRequestExample(MemberExamples.ChangeRole)
            .WithAnswerExample(MemberExamples.Shown)
            .WithProblems(MemberProblems.Unknown, MemberProblems.RoleInvalid, MemberProblems.LastAdmin);
        members.MapDelete("{id}", RemoveAsync).RequireScope(Scopes.MembersWrite)
            .Describe("removeMember", "Takes a person out of the project.", "The address is forgotten. API keys that this person made stay: revoke them too.")
            .WithProblems(MemberProblems.Unknown, MemberProblems.LastAdmin);
    }

    private static async Task<Created<MemberAnswer>> AddAsync(
        AddMemberBody body, ApiKeyHolder holder, AddMember add, CancellationToken cancellationToken)
    {
        var member = (await add.ExecuteAsync(holder.ProjectId, body.Email, body.Role, cancellationToken)).ValueOrThrow();
        return TypedResults.Created($"/v1/members/{member.Id}", MemberAnswer.Of(member));
    }

    private static async Task<Ok<MemberList>> ListAsync(ApiKeyHolder holder, VaultDbContext db, CancellationToken cancellationToken)
    {
        var members = await db.Members.AsNoTracking().Where(member => member.ProjectId == holder.ProjectId).OrderBy(member => member.Email)
            .ToListAsync(cancellationToken);
        return TypedResults.Ok(new MemberList(members.Select(MemberAnswer.Of)));
    }

    private static async Task<Ok<MemberAnswer>> ChangeRoleAsync(
        string id, ChangeRoleBody body, ApiKeyHolder holder, ChangeRole change, CancellationToken cancellationToken) =>
        TypedResults.Ok(MemberAnswer.Of(
            (await change.ExecuteAsync(holder.ProjectId, Member.ParseId(id).ValueOrThrow(), body.Role, cancellationToken)).ValueOrThrow()));

    private static async Task<Results<NoContent, ProblemHttpResult>> RemoveAsync(
        string id, ApiKeyHolder holder, RemoveMember remove, CancellationToken cancellationToken) =>
        await remove.ExecuteAsync(holder.ProjectId, Member.ParseId(id).ValueOrThrow(), cancellationToken) is { } problem
            ? problem.ToHttp()
            : TypedResults.NoContent();

    // Classes and not records: they hold an address, and a record prints itself.
    private sealed class AddMemberBody
    {
        [Required, Description("One address without a name.")]
        public string? Email { get; init; }

        [Required, AllowedValues("viewer", "operator", "admin")]
        [Description("`viewer` sees, `operator` changes too, `admin` says who is in as well.")]
        public string? Role { get; init; }
    }

    private sealed record ChangeRoleBody([property: Required, AllowedValues("viewer", "operator", "admin")] string? Role);

    private sealed record MemberList(IEnumerable<MemberAnswer> Members);

    private sealed class MemberAnswer
    {
        public required Guid Id { get; init; }

        public required string Email { get; init; }

        [AllowedValues("viewer", "operator", "admin")]
        public required string Role { get; init; }

        public required DateTimeOffset CreatedAt { get; init; }

        public static MemberAnswer Of(Member member) =>
            new() { Id = member.Id, Email = member.Email, Role = member.Role.Word(), CreatedAt = member.CreatedAt };
    }
}
