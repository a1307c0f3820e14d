using System.Text.Json;
using Rapida.Client.Http;

namespace Rapida.Client;

/// <summary>Says who is in the project.</summary>
public sealed class MembersClient
{
    private readonly Transport _transport;

    internal MembersClient(Transport transport) => _transport = transport;

    /// <summary>Refused with the code <c>member_exists</c> if the person is in already.</summary>
    public Task<Member> AddAsync(AddMember member, CancellationToken cancellationToken = default)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(member, RapidaJson.Default.AddMember);
        return _transport.SendAsync(new Request(HttpMethod.Post, "/v1/members", body), RapidaJson.Default.Member, cancellationToken);
    }

    /// <summary>All of them by their addresses, in one page.</summary>
    public IAsyncEnumerable<Member> ListAsync(CancellationToken cancellationToken = default) => Listing.EachAsync(
        _transport,
        pageToken => Address.WithQuery("/v1/members", ("page_token", pageToken)),
        RapidaJson.Default.MemberList,
        list => new Page<Member>(list.Members, list.NextPageToken),
        cancellationToken);

    /// <summary>Refused with the code <c>last_admin</c> where it would leave the project without one.</summary>
    public Task<Member> ChangeRoleAsync(string id, string role, CancellationToken cancellationToken = default)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(new(role), RapidaJson.Default.ChangeRole);
        return _transport.SendAsync(
            new Request(HttpMethod.Patch, PathOf(id), body) { IsRepeatable = true }, RapidaJson.Default.Member, cancellationToken);
    }

    /// <summary>The address is forgotten. API keys that this person made stay: revoke them too.</summary>
    public Task RemoveAsync(string id, CancellationToken cancellationToken = default) =>
        _transport.SendAsync(new Request(HttpMethod.Delete, PathOf(id)), cancellationToken);

    private static string PathOf(string id) => $"/v1/members/{Address.Segment(id)}";
}
