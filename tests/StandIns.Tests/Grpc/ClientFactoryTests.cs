using Grpc.Core;
using Grpc.Core.Interceptors;
using Grpc.Net.ClientFactory;
using StandIns.Tests.Grpc.Protos;
using Xunit;

namespace StandIns.Tests.Grpc;

public sealed class ClientFactoryTests : IAsyncLifetime
{
    private readonly ServiceCollection _services = [];
    private EchoServer _server = null!;

    public async Task InitializeAsync()
    {
        _server = await EchoServer.StartAsync();
        _services.AddLogging();
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task A_registered_client_reaches_its_address()
    {
        _services.AddGrpcClient<Echo.EchoClient>(options => options.Address = _server.Address);
        await using var provider = _services.BuildServiceProvider();

        var answer = await provider.GetRequiredService<Echo.EchoClient>().SayAsync(new Message { Text = "hello" });

        Assert.Equal("hello", answer.Text);
    }

    [Fact]
    public async Task Configuration_may_ask_for_services()
    {
        _services.AddSingleton(_server.Address);
        _services.AddGrpcClient<Echo.EchoClient>(
            (provider, options) => options.Address = provider.GetRequiredService<Uri>());
        await using var provider = _services.BuildServiceProvider();

        Assert.NotNull(await provider.GetRequiredService<Echo.EchoClient>().SayAsync(new Message()));
    }

    [Fact]
    public async Task Clients_of_one_type_differ_by_name()
    {
        _services.AddGrpcClient<Echo.EchoClient>("here", options => options.Address = _server.Address)
            .AddInterceptor(() => new Header("echo-name", "here"));
        _services.AddGrpcClient<Echo.EchoClient>("there", options => options.Address = _server.Address)
            .AddInterceptor(() => new Header("echo-name", "there"));
        await using var provider = _services.BuildServiceProvider();
        var factory = provider.GetRequiredService<GrpcClientFactory>();

        Assert.Equal("here", await TrailerAsync(factory.CreateClient<Echo.EchoClient>("here"), "echo-name"));
        Assert.Equal("there", await TrailerAsync(factory.CreateClient<Echo.EchoClient>("there"), "echo-name"));
        Assert.Throws<InvalidOperationException>(() => factory.CreateClient<Health.HealthClient>("nowhere"));
    }

    [Fact]
    public void Two_types_cannot_share_a_name()
    {
        _services.AddGrpcClient<Echo.EchoClient>("same", options => options.Address = _server.Address);

        Assert.Throws<InvalidOperationException>(() => _services.AddGrpcClient<Health.HealthClient>("same"));
    }

    [Fact]
    public async Task Channel_interceptors_are_made_once_and_client_interceptors_for_each_client()
    {
        var channel = 0;
        var client = 0;
        _services.AddGrpcClient<Echo.EchoClient>(options => options.Address = _server.Address)
            .AddInterceptor(InterceptorScope.Channel, () => new Header("echo-channel", $"{++channel}"))
            .AddInterceptor(InterceptorScope.Client, () => new Header("echo-client", $"{++client}"));
        await using var provider = _services.BuildServiceProvider();

        await TrailerAsync(provider.GetRequiredService<Echo.EchoClient>(), "echo-channel");
        var second = provider.GetRequiredService<Echo.EchoClient>();

        Assert.Equal("1", await TrailerAsync(second, "echo-channel"));
        Assert.Equal("2", await TrailerAsync(second, "echo-client"));
    }

    [Fact]
    public async Task Call_credentials_go_with_each_call_and_need_TLS_unless_told_otherwise()
    {
        _services.AddSingleton("a token");
        _services.AddGrpcClient<Echo.EchoClient>(options => options.Address = _server.Address).AddCallCredentials(AddTokenAsync);
        _services.AddGrpcClient<Echo.EchoClient>("unsafe", options => options.Address = _server.Address)
            .AddCallCredentials(AddTokenAsync)
            .ConfigureChannel(options => options.UnsafeUseInsecureChannelCallCredentials = true);
        await using var provider = _services.BuildServiceProvider();
        var factory = provider.GetRequiredService<GrpcClientFactory>();

        Assert.Throws<InvalidOperationException>(() => factory.CreateClient<Echo.EchoClient>(nameof(Echo.EchoClient)));
        Assert.Equal("a token", await TrailerAsync(factory.CreateClient<Echo.EchoClient>("unsafe"), "echo-token"));

        static Task AddTokenAsync(AuthInterceptorContext context, Metadata metadata, IServiceProvider services)
        {
            metadata.Add("echo-token", services.GetRequiredService<string>());
            return Task.CompletedTask;
        }
    }

    [Fact]
    public async Task Call_options_are_configured_before_each_call()
    {
        _services.AddGrpcClient<Echo.EchoClient>(options =>
        {
            options.Address = _server.Address;
            options.CallOptionsActions.Add(call =>
                call.CallOptions = call.CallOptions.WithHeaders(new Metadata { { "echo-set", "by options" } }));
        });
        await using var provider = _services.BuildServiceProvider();

        Assert.Equal("by options", await TrailerAsync(provider.GetRequiredService<Echo.EchoClient>(), "echo-set"));
    }

    [Fact]
    public async Task The_HTTP_pipeline_of_the_name_is_used()
    {
        var seen = new List<string?>();
        _services.AddGrpcClient<Echo.EchoClient>(options => options.Address = _server.Address)
            .AddHttpMessageHandler(() => new Spy(seen));
        await using var provider = _services.BuildServiceProvider();

        await provider.GetRequiredService<Echo.EchoClient>().SayAsync(new Message());

        Assert.Equal(["/standins.echo.v1.Echo/Say"], seen);
    }

    [Fact]
    public async Task A_creator_takes_the_place_of_the_constructor()
    {
        Echo.EchoClient? made = null;
        _services.AddGrpcClient<Echo.EchoClient>(options => options.Address = _server.Address)
            .ConfigureGrpcClientCreator(invoker => made = new Echo.EchoClient(invoker));
        await using var provider = _services.BuildServiceProvider();

        Assert.Same(provider.GetRequiredService<Echo.EchoClient>(), made);
    }

    [Fact]
    public async Task What_is_missing_is_said()
    {
        _services.AddGrpcClient<Echo.EchoClient>();
        await using var provider = _services.BuildServiceProvider();

        var thrown = Assert.Throws<InvalidOperationException>(provider.GetRequiredService<Echo.EchoClient>);

        Assert.Contains("Could not resolve the address for gRPC client 'EchoClient'", thrown.Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => _services.AddHttpClient("plain").AddInterceptor(() => new Header("a", "b")));
    }

    private static async Task<string?> TrailerAsync(Echo.EchoClient client, string key)
    {
        using var call = client.SayAsync(new Message());
        await call;
        return call.GetTrailers().GetValue(key);
    }

    private sealed class Header(string key, string value) : Interceptor
    {
        public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
            TRequest request,
            ClientInterceptorContext<TRequest, TResponse> context,
            AsyncUnaryCallContinuation<TRequest, TResponse> continuation)
        {
            var headers = context.Options.Headers ?? [];
            headers.Add(key, value);
            return continuation(request, new(context.Method, context.Host, context.Options.WithHeaders(headers)));
        }
    }

    private sealed class Spy(List<string?> paths) : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            paths.Add(request.RequestUri?.AbsolutePath);
            return base.SendAsync(request, cancellationToken);
        }
    }
}
