using System.Text.Json.Serialization;

namespace Aspire.Hosting.Orchestration;

// AppHost → supervisor, one line each: {"Verb":"start","Id":"vault-1","File":"/usr/bin/dotnet","Arguments":[…],"Directory":"/src","Environment":{…}}
// {"Verb":"signal","Id":"vault-1","Signal":15}
internal sealed record Command(
    string Verb,
    string Id,
    string? File = null,
    string[]? Arguments = null,
    string? Directory = null,
    Dictionary<string, string>? Environment = null,
    int Signal = 0);

// Supervisor → AppHost: {"Kind":"line","Id":"vault-1","Text":"listening"}, {"Kind":"exited","Id":"vault-1","Number":0}
internal sealed record Report(string Kind, string Id, int Number = 0, string? Text = null);

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
[JsonSerializable(typeof(Command))]
[JsonSerializable(typeof(Report))]
internal sealed partial class Wire : JsonSerializerContext;
