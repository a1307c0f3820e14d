using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Xunit;

namespace StandIns.Tests.Aspire;

/// <summary>The model behind aspire-manifest-sample.json, which genuine Aspire 13.5.2 wrote, gives the same text here.</summary>
public sealed partial class ManifestTests : IDisposable
{
    // Written by the Kubernetes environment of the sample, which is not ours: its own entry, its dashboard, and what sends telemetry there.
    private static readonly string[] OfTheEnvironment = ["k8s", "k8s-dashboard"];
    private static readonly string[] OfTheDashboard = ["OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_PROTOCOL", "OTEL_SERVICE_NAME"];

    private readonly string _folder = Directory.CreateTempSubdirectory("manifest").FullName;

    [Fact]
    public async Task The_sample_model_gives_the_sample_manifest()
    {
        var expected = Comparable(await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "Aspire", "aspire-manifest-sample.json")));

        var actual = Comparable(await PublishAsync(SampleModel));

        Assert.Equal(expected, actual);
    }

    [Fact]
    public async Task An_endpoint_with_its_own_variable_has_a_port_and_is_left_out_of_the_web_ports()
    {
        Write("Api/Api.csproj");
        Write("Api/Properties/launchSettings.json", """{"profiles":{"http":{"commandName":"Project","applicationUrl":"http://localhost:5000"}}}""");

        var manifest = JsonNode.Parse(await PublishAsync(builder =>
            builder.AddProject("api", "../Api/Api.csproj").WithHttpEndpoint(name: "grpc", env: "GRPC_PORT").WithEndpoint("grpc", endpoint => endpoint.Transport = "http2")))!;

        var api = manifest["resources"]!["api"]!;
        Assert.Equal("{api.bindings.http.targetPort}", (string?)api["env"]!["HTTP_PORTS"]);
        Assert.Equal("{api.bindings.grpc.targetPort}", (string?)api["env"]!["GRPC_PORT"]);
        Assert.Equal("""{"scheme":"http","protocol":"tcp","transport":"http2","targetPort":8000}""", api["bindings"]!["grpc"]!.ToJsonString());
        Assert.Null(api["bindings"]!["http"]!["targetPort"]);
    }

    [Fact]
    public async Task What_is_excluded_is_not_written()
    {
        var manifest = JsonNode.Parse(await PublishAsync(builder => builder.AddExecutable("server", "sleep", ".", "9").ExcludeFromManifest()))!;

        Assert.Empty(manifest["resources"]!.AsObject());
    }

    [Fact]
    public async Task Another_publisher_says_that_it_needs_the_official_packages()
    {
        await using var app = Builder("--operation", "publish", "--output-path", _folder).Build();

        var refusal = await Assert.ThrowsAsync<NotSupportedException>(() => app.StartAsync());

        Assert.Contains("official Aspire packages", refusal.Message, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private void SampleModel(IDistributedApplicationBuilder builder)
    {
        Write("Api/Api.csproj");
        Write("Api/Properties/launchSettings.json", """{"profiles":{"https":{"commandName":"Project","applicationUrl":"http://localhost:5000;https://localhost:5001"}}}""");
        Write("Worker/Worker.csproj");

        var apiKey = builder.AddParameter("api-key", secret: true);
        var region = builder.AddParameter("region", "local", publishValueAsDefault: true);
        var password = builder.AddParameter("pg-password", secret: true);
        var voice = builder.AddPostgres("pg", password: password).WithDataVolume().AddDatabase("voicedb");
        var cache = builder.AddRedis("cache");
        var queue = builder.AddRabbitMQ("mq").WithManagementPlugin();
        var api = builder.AddProject("api", "../Api/Api.csproj")
            .WithReference(voice).WithReference(cache).WithReference(queue)
            .WithEnvironment("API_KEY", apiKey).WithEnvironment("REGION", region)
            .WithReplicas(2).WithExternalHttpEndpoints();
        var tool = builder.AddExecutable("tool", "python3", ".", "-c", "import time; time.sleep(100)").WithHttpEndpoint(env: "PORT");
        builder.AddProject("worker", "../Worker/Worker.csproj")
            .WithReference(api).WithReference(tool.GetEndpoint("http")).WithReference(voice)
            .WithEnvironment("API_URL", api.GetEndpoint("http"));
    }

    private async Task<string> PublishAsync(Action<IDistributedApplicationBuilder> model)
    {
        var path = Path.Combine(_folder, "aspire-manifest.json");
        var builder = Builder("--publisher", "manifest", "--output-path", path);
        model(builder);
        await using var app = builder.Build();
        await app.RunAsync();
        return await File.ReadAllTextAsync(path);
    }

    private IDistributedApplicationBuilder Builder(params string[] args)
        => DistributedApplication.CreateBuilder(new DistributedApplicationOptions { Args = args, ProjectDirectory = Write("AppHost/AppHost.csproj") });

    private string Write(string path, string text = "<Project />")
    {
        var full = Path.Combine(_folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text);
        return Path.GetDirectoryName(full)!;
    }

    private static string Comparable(string manifest)
    {
        var root = JsonNode.Parse(manifest)!;
        foreach (var name in OfTheEnvironment) root["resources"]!.AsObject().Remove(name);
        foreach (var (_, resource) in root["resources"]!.AsObject())
        {
            foreach (var name in OfTheDashboard) resource!["env"]?.AsObject().Remove(name);
        }

        // The start of the name and its hash are those of the AppHost.
        return VolumeOwner().Replace(root.ToString(), "$1");
    }

    [GeneratedRegex("[a-z0-9.]+-[0-9a-f]{10}-(pg-data)")]
    private static partial Regex VolumeOwner();
}
