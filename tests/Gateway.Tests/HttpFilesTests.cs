using System.Text.RegularExpressions;
using Rapida.Testing;
using Rapida.Testing.OpenApi;

namespace Rapida.Gateway.Tests;

/// <summary>http/*.http against docs/openapi.json. That the requests do what they say is seen in EndToEnd.Tests.</summary>
public sealed partial class HttpFilesTests
{
    private const string Answer = ".response.body.$.";
    private readonly List<ApiOperation> _operations = [.. ApiDocument.Operations(ApiDocument.Read())];
    private readonly List<HttpFile> _files = [.. HttpFile.All()];

    [Fact]
    public void Every_operation_is_there_once_as_it_succeeds_and_once_as_it_fails() => Assert.All(_operations, operation =>
    {
        var requests = _files.SelectMany(file => file.Requests).Where(request => OperationOf(request) == operation).ToList();
        Assert.True(requests.Exists(request => request.Code is null), $"No request of http/ shows how {operation} succeeds.");
        Assert.True(requests.Exists(request => request.Code is not null), $"No request of http/ shows how {operation} fails.");
    });

    [Fact]
    public void A_request_that_fails_does_so_with_a_code_of_its_operation() => Assert.All(_files.SelectMany(file => file.Requests), request =>
    {
        var operation = OperationOf(request);
        Assert.True(operation is not null, $"{request}: there is no {request.Method} {request.Path}.");
        Assert.True(request.Code is not { } code || operation.Codes.Contains(code), $"{request}: {operation} has no such code.");
    });

    // Those of requests by an earlier one of the file, so that it can be run from top to bottom. $timestamp is every editor's own.
    [Fact]
    public void Every_variable_is_defined_before_it_is_used() => Assert.All(_files, file =>
    {
        var known = file.Variables.Keys.Append("$timestamp").ToHashSet();
        foreach (var request in file.Requests)
        {
            Assert.All(request.Uses, variable => Assert.True(
                known.Contains(Answered().Match(variable) is { Success: true } answered ? answered.Groups[1].Value + Answer : variable),
                $"{request}: {variable} is not defined."));
            if (request.Name is not null)
                Assert.True(known.Add(request.Name + Answer), $"{request}: there is another {request.Name}.");
        }
    });

    private ApiOperation? OperationOf(HttpFileRequest request) => _operations.SingleOrDefault(operation =>
        operation.Method == request.Method && Regex.IsMatch(request.Path, $"^{Parameter().Replace(Regex.Escape(operation.Path), "[^/]+")}$"));

    // placed.response.body.$.conversation.id
    [GeneratedRegex(@"^(\w+)\.response\.body\.\$\.[\w.\[\]]+$")]
    private static partial Regex Answered();

    // As Regex.Escape leaves it: \{id}
    [GeneratedRegex(@"\\\{\w+\}")]
    private static partial Regex Parameter();
}
