using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.WebUtilities;
using Rapida.Testing;

namespace CallControl.Tests;

/// <summary>
/// npm's Prism in the place of Twilio. It answers as Twilio's OpenAPI file says, and what the file does not allow becomes a complaint. Names that are not in
/// the file Prism lets pass, and Twilio ignores: they are complained of here.
/// </summary>
public sealed class TwilioContract : IAsyncLifetime
{
    private const string File = "twilio_api_v2010_asked.json";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly List<Operation> _operations = [.. Read()];
    private readonly ConcurrentQueue<string> _complaints = new();
    private readonly ConcurrentDictionary<string, bool> _asked = new();
    private Process _prism = null!;

    internal Uri Address { get; private set; } = null!;

    /// <summary>All that is sent by it is looked at.</summary>
    internal HttpClient Http { get; private set; } = null!;

    /// <summary>The operations of the file that nobody has asked for.</summary>
    internal IEnumerable<string> Unasked => _operations.Select(operation => operation.Name).Where(name => !_asked.ContainsKey(name));

    public async Task InitializeAsync()
    {
        var folder = Checkout.PathOf("tests/CallControl.Tests/npm");
        Assert.True(Directory.Exists(Path.Combine(folder, "node_modules/@stoplight/prism-cli")), "npm's Prism is missing: `make test` installs it.");
        var (port, isListening, said) = (FreePort.Next(), new TaskCompletionSource(), new ConcurrentQueue<string?>());
        (Address, Http) = (new($"http://127.0.0.1:{port}"), new(new Inspector(this)));
        _prism = Process.Start(new ProcessStartInfo("node", ["prism.js", $"{port}", Path.Combine(AppContext.BaseDirectory, File)])
        {
            WorkingDirectory = folder, RedirectStandardInput = true, RedirectStandardOutput = true,
        })!;
        _prism.OutputDataReceived += (_, line) =>
        {
            said.Enqueue(line.Data);
            if (line.Data?.Contains("Prism is listening", StringComparison.Ordinal) is true)
                isListening.TrySetResult();
        };
        _prism.Exited += (_, _) => isListening.TrySetException(new InvalidOperationException($"Prism ended: {string.Join('\n', said)}"));
        _prism.EnableRaisingEvents = true;
        _prism.BeginOutputReadLine();
        await isListening.Task.WaitAsync(Patience);
    }

    public async Task DisposeAsync()
    {
        Http.Dispose();
        // It ends with its input, and so also when this process is killed.
        _prism.StandardInput.Close();
        using var patience = new CancellationTokenSource(Patience);
        await _prism.WaitForExitAsync(patience.Token);
        _prism.Dispose();
    }

    /// <summary>What was wrong with the requests since somebody last asked.</summary>
    internal List<string> TakeComplaints()
    {
        var taken = new List<string>();
        while (_complaints.TryDequeue(out var complaint))
            taken.Add(complaint);
        return taken;
    }

    private static IEnumerable<Operation> Read()
    {
        using var api = JsonDocument.Parse(System.IO.File.ReadAllText(Path.Combine(AppContext.BaseDirectory, File)));
        foreach (var path in api.RootElement.GetProperty("paths").EnumerateObject())
        {
            foreach (var operation in path.Value.EnumerateObject())
            {
                var query = operation.Value.GetProperty("parameters").EnumerateArray()
                    .Where(parameter => parameter.GetProperty("in").GetString() == "query").Select(parameter => parameter.GetProperty("name").GetString()!);
                var form = operation.Value.TryGetProperty("requestBody", out var body)
                    ? body.GetProperty("content").GetProperty("application/x-www-form-urlencoded").GetProperty("schema").GetProperty("properties")
                        .EnumerateObject().Select(field => field.Name)
                    : [];
                yield return new(
                    operation.Value.GetProperty("operationId").GetString()!,
                    new($"^{operation.Name} {Regex.Replace(path.Name.Replace(".", @"\.", StringComparison.Ordinal), @"\{\w+\}", "[^/]+")}$", RegexOptions.IgnoreCase),
                    [.. query, .. form]);
            }
        }
    }

    private sealed record Operation(string Name, Regex Request, HashSet<string> Fields);

    private sealed class Inspector(TwilioContract contract) : DelegatingHandler(new SocketsHttpHandler())
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var url = request.RequestUri!;
            var fields = QueryHelpers.ParseQuery(url.Query).Keys.ToList();
            if (request.Content is not null)
                fields.AddRange(QueryHelpers.ParseQuery(await request.Content.ReadAsStringAsync(cancellationToken)).Keys);
            var response = await base.SendAsync(request, cancellationToken);

            var operation = contract._operations.Find(operation => operation.Request.IsMatch($"{request.Method} {url.AbsolutePath}"));
            if (operation is null || fields.Exists(field => !operation.Fields.Contains(field)))
                contract._complaints.Enqueue($"{request.Method} {url.AbsolutePath} is not there, or not with all of {string.Join(", ", fields)}.");
            if (!response.IsSuccessStatusCode)
                contract._complaints.Enqueue($"{request.Method} {url.PathAndQuery}: {await response.Content.ReadAsStringAsync(cancellationToken)}");
            if (operation is not null)
                contract._asked[operation.Name] = true;
            return response;
        }
    }
}
