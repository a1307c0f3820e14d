using Rapida.Conversations.V1;
using Rapida.ServiceDefaults.Access;
using Rapida.Testing;

namespace Recording.Tests;

/// <summary>Whoever has no business here gets in nowhere, and learns nothing of who has.</summary>
[Collection(nameof(House))]
public sealed class EveryDoorTests(House house)
{
    [Fact]
    public async Task Nobody_gets_in_without_a_key_that_may_or_sees_what_is_another_project_s()
    {
        var (phone, foreign) = (new Phone(), Guid.CreateVersion7());
        using var relay = house.NewRelay();
        var last = phone.Turn(1, Speaker.Caller, "Nine thirty", 0, 8_000);
        await relay.SendAsync(phone.Opened(), last);
        await relay.StoredAsync(last);
        var intruder = new Intruder(new Dictionary<string, string> { ["id"] = phone.Conversation.ToString() }) { WithoutKey = ["/health", "/alive"] };
        string KeyOf(Guid project, Func<string, bool> may) => $"{string.Join(',', Scopes.All.Where(may))} {project}";

        using var http = house.NewHttpClient();
        await intruder.TryAsync(
            Doors.Rest(house.Services), http,
            new(Revoked: "rpd-revoked", Without: scope => KeyOf(phone.Project, other => other != scope), Foreign: KeyOf(foreign, _ => true)));
        await intruder.TryAsync(Doors.Grpc(house.Services), house.CallAsNobody(), house.CallAs, foreign.ToString());
    }
}
