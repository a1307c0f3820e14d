namespace Rapida.Gateway.Docs;

/// <summary>The document as a reader wants it: without references, in the order of the page. Public, because Razor makes its components so.</summary>
public sealed record Api(string Title, string About, IReadOnlyList<ApiSection> Sections, IReadOnlyList<ApiError> Errors);

public sealed record ApiSection(string Name, string Description, IReadOnlyList<ApiOperation> Operations)
{
    public string Anchor => Name.ToLowerInvariant().Replace(' ', '-');
}

/// <param name="Parameters">Of path and query.</param>
/// <param name="Body">The fields of the request; empty: it has no body.</param>
/// <param name="Curl">A line to try, with the example in it.</param>
/// <param name="Status">Of success, such as <c>201 Created</c>.</param>
/// <param name="Answer">The fields of the answer.</param>
/// <param name="Example">Of the answer; null: it has none.</param>
/// <param name="Errors">Those that not every operation has.</param>
public sealed record ApiOperation(
    string Id, string Method, string Path, string Summary, string Description, string Scope, IReadOnlyList<ApiField> Parameters,
    IReadOnlyList<ApiField> Body, string Curl, string Status, IReadOnlyList<ApiField> Answer, string? Example, IReadOnlyList<ApiError> Errors);

/// <param name="Name">With dots and <c>[]</c> where it lies deeper.</param>
public sealed record ApiField(string Name, string Type, bool IsRequired, string Description);

public sealed record ApiError(string Status, string Code, string Detail, string Meaning = "");
