using Grpc.Core;
using Grpc.Net.Client.Configuration;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Rapida.Vault.V1;

namespace Rapida.ServiceDefaults.Access;

/// <summary>How a service is known by its peers, and how it calls them.</summary>
public static class AccessRegistration
{
    // Refused before it was handled (the peer restarts, or is about to): worth two more tries within the deadline.
    private static readonly RetryPolicy Retry = new()
    {
        MaxAttempts = 3,
        InitialBackoff = TimeSpan.FromMilliseconds(100),
        MaxBackoff = TimeSpan.FromSeconds(1),
        BackoffMultiplier = 3,
        RetryableStatusCodes = { StatusCode.Unavailable },
    };

    internal static void AddAccess(this WebApplicationBuilder builder, string service)
    {
        builder.Services.AddOptions<AccessOptions>().BindConfiguration(AccessOptions.Section).ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<AccessOptions>, AccessOptionsValidator>();
        builder.Services.AddSingleton(provider => new ServiceTokens(
            service, provider.GetRequiredService<IOptions<AccessOptions>>(), provider.GetRequiredService<TimeProvider>()));
        builder.Services.AddGrpc(options => options.Interceptors.Add<ServiceTokenInterceptor>());
    }

    /// <summary>Knows API keys by asking Vault. The service also listens for <see cref="ForgetRevokedApiKey"/>.</summary>
    public static void AddRemoteApiKeys(this WebApplicationBuilder builder)
    {
        builder.AddServiceClient<ApiKeys.ApiKeysClient>("vault");
        builder.Services.AddSingleton<RemoteApiKeys>();
        builder.Services.AddSingleton<IApiKeys>(provider => provider.GetRequiredService<RemoteApiKeys>());
    }

    /// <summary>
    /// Adds a gRPC client of a peer, found by <c>services__&lt;peer&gt;__grpc__0</c>: signed, 5 s of deadline, retried when the peer is
    /// unavailable, and over TLS when <see cref="PeerCertificates"/> are configured.
    /// </summary>
    public static IHttpClientBuilder AddServiceClient<TClient>(this WebApplicationBuilder builder, string peer)
        where TClient : ClientBase
    {
        var address = builder.Configuration[$"services:{peer}:grpc:0"]
            ?? throw new InvalidOperationException($"The address of {peer} is missing: set services__{peer}__grpc__0.");

        var certificates = PeerCertificates.From(builder.Configuration);
        var scheme = certificates is null ? Uri.UriSchemeHttp : Uri.UriSchemeHttps;
        return builder.Services.AddGrpcClient<TClient>(options => options.Address = new UriBuilder(address) { Scheme = scheme }.Uri)
            .ConfigureChannel(channel => channel.ServiceConfig = new ServiceConfig
            {
                MethodConfigs = { new MethodConfig { Names = { MethodName.Default }, RetryPolicy = Retry } },
            })
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler
            {
                SslOptions = certificates?.ForCalls() ?? new(),
                EnableMultipleHttp2Connections = true,
                // A peer that has died without a word is noticed within 15 s, also by a stream that is idle.
                KeepAlivePingDelay = TimeSpan.FromSeconds(10),
                KeepAlivePingTimeout = TimeSpan.FromSeconds(5),
            })
            .AddInterceptor(provider => new SignCalls(provider.GetRequiredService<ServiceTokens>(), peer));
    }
}
