using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.Core;
using Xunit;

namespace Rapida.Testing;

/// <summary>
/// Tries every door of a service with the ids of something that is another project's. What it is told must be the same as for ids that nobody has,
/// and nothing of the owner's.
/// </summary>
/// <param name="owned">
/// What parameters and fields hold of the owner's: <c>assistant_id</c> everywhere, <c>/v1/calls id</c> and <c>rapida.calls.v1.Calls id</c> behind these doors.
/// </param>
public sealed partial class Intruder(IReadOnlyDictionary<string, string> owned)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly Dictionary<string, string> _nobodys = owned.ToDictionary(pair => pair.Key, pair => NobodyOf(pair.Value));

    /// <summary>Bodies by door, where <c>{}</c> would be refused before anything is looked up; ids of the owner's stand in them.</summary>
    public Dictionary<string, JsonNode> Bodies { get; } = [];

    /// <summary>Parameters of paths that name nothing by themselves, such as a number that every project counts with.</summary>
    public Dictionary<string, string> Common { get; } = [];

    /// <summary>Doors that ask for no key of ours: Twilio's, and the health checks.</summary>
    public required IReadOnlyList<string> WithoutKey { get; init; }

    /// <summary>Tries every door of HTTP.</summary>
    public async Task TryAsync(IReadOnlyList<RestDoor> doors, HttpClient http, IntruderKeys keys)
    {
        Assert.NotEmpty(doors);
        foreach (var door in doors)
        {
            if (door.Scope is null)
            {
                Assert.Contains(door.Path, WithoutKey);
                continue;
            }

            Assert.Equal((door, HttpStatusCode.Unauthorized), (door, (await SendAsync(http, door, owned, key: null)).Status));
            Assert.Equal((door, HttpStatusCode.Unauthorized), (door, (await SendAsync(http, door, owned, keys.Revoked)).Status));
            Assert.Equal((door, HttpStatusCode.Forbidden), (door, (await SendAsync(http, door, owned, keys.Without(door.Scope))).Status));

            var (theirs, nobodys) = (await SendAsync(http, door, owned, keys.Foreign), await SendAsync(http, door, _nobodys, keys.Foreign));
            if (door.NamesSomething)
                Assert.Equal((door, HttpStatusCode.NotFound), (door, theirs.Status));
            Assert.Equal((door, nobodys.Status), (door, theirs.Status));
            AssertNothingLearnt(door, theirs.Body, nobodys.Body);
        }
    }

    /// <summary>Tries every method of gRPC: without a token, as every service that may not call it, and as one that may, for another project.</summary>
    public async Task TryAsync(IReadOnlyList<GrpcDoor> doors, CallInvoker nobody, Func<string, CallInvoker> callAs, string foreignProjectId)
    {
        Assert.NotEmpty(doors);
        foreach (var door in doors)
        {
            Assert.NotEmpty(door.Callers);
            Assert.Equal((door, "Unauthenticated"), (door, (await CallAsync(nobody, door, owned, foreignProjectId)).Status));
            foreach (var service in ServiceKeys.Services.Except(door.Callers))
                Assert.Equal((door, service, "PermissionDenied"), (door, service, (await CallAsync(callAs(service), door, owned, foreignProjectId)).Status));
            if (door.Method.IsClientStreaming)
                continue;

            var caller = callAs(door.Callers[0]);
            var (theirs, nobodys) = (await CallAsync(caller, door, owned, foreignProjectId), await CallAsync(caller, door, _nobodys, foreignProjectId));
            Assert.Equal((door, nobodys.Status), (door, theirs.Status));
            AssertNothingLearnt(door, theirs.Answer, nobodys.Answer);
        }
    }

    /// <summary>A list names nothing when it is asked for: whose rows are in it only the answer tells.</summary>
    private void AssertNothingLearnt(object door, string theirs, string nobodys)
    {
        Assert.All(owned.Values, id => Assert.False(theirs.Contains(id, StringComparison.OrdinalIgnoreCase), $"{door} shows what is another project's: {theirs}"));
        Assert.Equal((door, Neutral(nobodys, _nobodys)), (door, Neutral(theirs, owned)));
    }

    private async Task<(HttpStatusCode Status, string Body)> SendAsync(HttpClient http, RestDoor door, IReadOnlyDictionary<string, string> ids, string? key)
    {
        var path = Parameter().Replace(door.Path, name => Uri.EscapeDataString(Common.GetValueOrDefault(name.Groups[1].Value) ?? Id(ids, door.Path, name.Groups[1].Value) ?? "none"));
        using var request = new HttpRequestMessage(new HttpMethod(door.Method), path);
        if (key is not null)
            request.Headers.Add("x-api-key", key);
        if (door.Method is not ("GET" or "DELETE"))
            request.Content = JsonContent.Create(JsonNode.Parse(Exchange(Bodies.GetValueOrDefault(door.ToString(), new JsonObject()).ToJsonString(), ids)));
        using var answer = await http.SendAsync(request);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    private static async Task<(string Status, string Answer)> CallAsync(
        CallInvoker invoker, GrpcDoor door, IReadOnlyDictionary<string, string> ids, string foreignProjectId)
    {
        var method = door.Method;
        var request = (IMessage)Activator.CreateInstance(method.InputType.ClrType)!;
        foreach (var field in method.InputType.Fields.InDeclarationOrder())
        {
            if (field.FieldType is FieldType.String && !field.IsRepeated && !field.IsMap)
                field.Accessor.SetValue(request, field.Name is "project_id" ? foreignProjectId : Id(ids, door.ToString(), field.Name) ?? "none");
        }

        var type = (method.IsClientStreaming, method.IsServerStreaming) switch
        {
            (false, false) => MethodType.Unary,
            (true, false) => MethodType.ClientStreaming,
            (false, true) => MethodType.ServerStreaming,
            _ => MethodType.DuplexStreaming,
        };
        var raw = new Method<IMessage, IMessage>(
            type, method.Service.FullName, method.Name,
            Marshallers.Create<IMessage>(message => message.ToByteArray(), _ => throw new NotSupportedException()),
            Marshallers.Create<IMessage>(_ => throw new NotSupportedException(), bytes => method.OutputType.Parser.ParseFrom(bytes)));
        var options = new CallOptions(deadline: TimeProvider.System.GetUtcNow().UtcDateTime + Patience);
        try
        {
            return ("OK", JsonFormatter.Default.Format(await AnswerAsync(invoker, raw, options, request)));
        }
        catch (RpcException exception)
        {
            return (exception.StatusCode.ToString(), exception.Status.Detail);
        }
    }

    private static async Task<IMessage> AnswerAsync(CallInvoker invoker, Method<IMessage, IMessage> method, CallOptions options, IMessage request)
    {
        switch (method.Type)
        {
            case MethodType.Unary:
                return await invoker.AsyncUnaryCall(method, null, options, request);
            case MethodType.ServerStreaming:
                using (var call = invoker.AsyncServerStreamingCall(method, null, options, request))
                    return await FirstAsync(call.ResponseStream);
            case MethodType.ClientStreaming:
                using (var call = invoker.AsyncClientStreamingCall(method, null, options))
                    return await call.ResponseAsync;
            default:
                using (var call = invoker.AsyncDuplexStreamingCall(method, null, options))
                    return await FirstAsync(call.ResponseStream);
        }
    }

    private static async Task<IMessage> FirstAsync(IAsyncStreamReader<IMessage> answers) =>
        await answers.MoveNext(CancellationToken.None) ? answers.Current : throw new RpcException(new Status(StatusCode.OutOfRange, "No answer."));

    private static string? Id(IReadOnlyDictionary<string, string> ids, string door, string name) =>
        ids.FirstOrDefault(pair => pair.Key.Split(' ') is [var behind, var field] && field == name && door.StartsWith(behind, StringComparison.Ordinal)).Value
        ?? ids.GetValueOrDefault(name);

    /// <summary>With other ids in the place of the owner's.</summary>
    private string Exchange(string text, IReadOnlyDictionary<string, string> ids) =>
        owned.Aggregate(text, (body, pair) => body.Replace(pair.Value, ids[pair.Key], StringComparison.Ordinal));

    /// <summary>What was asked for taken out of the answer, and what differs each time.</summary>
    private static string Neutral(string text, IReadOnlyDictionary<string, string> ids) =>
        Changing().Replace(ids.Values.Aggregate(text, (answer, id) => answer.Replace(id, "…", StringComparison.OrdinalIgnoreCase)), "…");

    /// <summary>Of the same shape.</summary>
    private static string NobodyOf(string id) => Guid.TryParse(id, out _)
        ? Guid.CreateVersion7().ToString()
        : string.Concat(id.Select((letter, place) => place > 1 && char.IsAsciiDigit(letter) ? (char)('0' + ((letter - '0' + 5) % 10)) : letter));

    [GeneratedRegex(@"\{(\w+)[^}]*\}")]
    private static partial Regex Parameter();

    // A trace, a new id or key, a time.
    [GeneratedRegex(@"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22,}|rpd-[\w-]+…?|\d{4}-\d\d-\d\dT[\d:.Z+]+|""trace_id"":""[^""]*""|\b[1-9]\d{14}\b")]
    private static partial Regex Changing();
}
