using System.Diagnostics;
using System.Text.Json.Nodes;
using Rapida.Client;
using Rapida.Testing;

namespace Sdk.Tests;

/// <summary>Both clients can do all that docs/openapi.json says there is.</summary>
public sealed class CoverageTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    // An operation's name is the method in Python; in C# the same is written Calls.HangUpAsync.
    private static readonly Dictionary<string, string> Methods = new()
    {
        ["placeCall"] = "calls.create",
        ["listCalls"] = "calls.list",
        ["getCall"] = "calls.get",
        ["listCallEvents"] = "calls.events",
        ["cancelCall"] = "calls.cancel",
        ["hangUpCall"] = "calls.hang_up",
        ["listConversations"] = "conversations.list",
        ["getConversation"] = "conversations.get",
        ["getConversationJournal"] = "conversations.journal",
        ["listRecordings"] = "recordings.list",
        ["getRecording"] = "recordings.get",
        ["downloadRecording"] = "recordings.download",
        ["createAssistant"] = "assistants.create",
        ["listAssistants"] = "assistants.list",
        ["getAssistant"] = "assistants.get",
        ["createAssistantVersion"] = "assistants.versions.create",
        ["listAssistantVersions"] = "assistants.versions.list",
        ["getAssistantVersion"] = "assistants.versions.get",
        ["savePhoneDeployment"] = "assistants.phone.save",
        ["getPhoneDeployment"] = "assistants.phone.get",
        ["createCredential"] = "credentials.create",
        ["listCredentials"] = "credentials.list",
        ["getCredential"] = "credentials.get",
        ["renameCredential"] = "credentials.rename",
        ["rotateCredential"] = "credentials.rotate",
        ["verifyCredential"] = "credentials.verify",
        ["deleteCredential"] = "credentials.delete",
        ["listCredentialLeases"] = "credentials.leases",
        ["listNumbers"] = "numbers.list",
        ["setUpNumber"] = "numbers.set_up",
        ["listDiagnostics"] = "diagnostics.list",
        ["diagnoseSignature"] = "diagnostics.signature",
        ["createApiKey"] = "api_keys.create",
        ["listApiKeys"] = "api_keys.list",
        ["revokeApiKey"] = "api_keys.revoke",
        ["addMember"] = "members.add",
        ["listMembers"] = "members.list",
        ["changeMemberRole"] = "members.change_role",
        ["removeMember"] = "members.remove",
    };

    // The wire of the hosted product, for programs that speak it already: who has one of these clients has calls.create.
    private static readonly string[] LeftOut = ["createPhoneCall", "createBulkPhoneCall"];

    [Fact]
    public void Every_operation_of_the_document_has_a_method() =>
        Assert.Equal(Operations().Select(operation => operation.Id).Order(), Methods.Keys.Concat(LeftOut).Order());

    [Fact]
    public void Every_method_is_in_csharp() => Assert.DoesNotContain(Methods.Values, method => Parameters(method) is null);

    [Fact]
    public async Task Every_method_is_in_python() => Assert.Equal("", await RunAsync(
        """
        import sys
        from operator import attrgetter
        from rapida import Rapida

        client = Rapida("rpd-nobody", base_url="http://localhost")
        for method in sys.argv[1:]:
            try:
                assert callable(attrgetter(method)(client))
            except AttributeError:
                print(method)
        """,
        Methods.Values));

    // client.credentials.list(page_size=10, page_token=…), Credentials.ListPageAsync(10, …)
    [Fact]
    public async Task Every_list_of_pages_can_be_read_by_the_page()
    {
        var lists = Operations().Where(operation => operation.Query.Contains("page_token")).Select(operation => Methods[operation.Id]).ToList();

        Assert.Contains("api_keys.list", lists);
        Assert.All(lists, list => Assert.Contains("pageToken", Parameters($"{list}_page")!));
        Assert.Equal("", await RunAsync(
            """
            import inspect
            import sys
            from operator import attrgetter
            from rapida import Rapida

            client = Rapida("rpd-nobody", base_url="http://localhost")
            for method in sys.argv[1:]:
                if not {"page_size", "page_token"} <= set(inspect.signature(attrgetter(method)(client)).parameters):
                    print(method)
            """,
            lists));
    }

    private static IEnumerable<(string Id, IReadOnlyList<string> Query)> Operations() =>
        from path in JsonNode.Parse(File.ReadAllText(Checkout.PathOf("docs", "openapi.json")))!["paths"]!.AsObject()
        from operation in path.Value!.AsObject()
        select (
            (string)operation.Value!["operationId"]!,
            (IReadOnlyList<string>)[.. operation.Value["parameters"]?.AsArray().Select(parameter => (string)parameter!["name"]!) ?? []]);

    // The parameters of api_keys.revoke, which are those of ApiKeys.RevokeAsync. Null: there is no such method.
    private static List<string>? Parameters(string method)
    {
        var parts = method.Split('.').Select(part => string.Concat(part.Split('_').Select(word => char.ToUpperInvariant(word[0]) + word[1..]))).ToList();
        var owner = parts[..^1].Aggregate((Type?)typeof(RapidaClient), (type, property) => type?.GetProperty(property)?.PropertyType);
        var found = owner?.GetMethods().FirstOrDefault(candidate => candidate.Name == $"{parts[^1]}Async");
        return found?.GetParameters().Select(parameter => parameter.Name!).ToList();
    }

    private static async Task<string> RunAsync(string program, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("python3", ["-B", "-c", program, .. arguments])
        {
            WorkingDirectory = Checkout.PathOf("sdk", "python"), RedirectStandardOutput = true, RedirectStandardError = true,
        };
        using var python = Process.Start(start)!;
        using var limit = new CancellationTokenSource(Patience);
        var errors = python.StandardError.ReadToEndAsync(limit.Token);
        var output = await python.StandardOutput.ReadToEndAsync(limit.Token);
        await python.WaitForExitAsync(limit.Token);
        Assert.True(python.ExitCode == 0, await errors);
        return output;
    }
}
