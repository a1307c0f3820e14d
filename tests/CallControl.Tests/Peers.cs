using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Rapida.Deployments.V1;
using Rapida.Testing;
using Rapida.Vault.V1;

namespace CallControl.Tests;

/// <summary>Vault and Deployments on a loopback port, as far as CallControl asks them, and only when it signs as CallControl.</summary>
internal sealed class Peers : IAsyncDisposable
{
    private readonly WebApplication _app;

    private Peers(WebApplication app, Known known) => (_app, Tenants) = (app, known);

    public Known Tenants { get; }

    public string Address => _app.Urls.Single();

    public static async Task<Peers> StartAsync(ServiceKeys keys, TimeProvider clock)
    {
        var known = new Known();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddGrpc(options => options.Interceptors.Add<SignedByCalls>());
        builder.Services.AddSingleton(known).AddSingleton(keys).AddSingleton(clock).AddSingleton<SignedByCalls>();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2));
        var app = builder.Build();
        app.MapGrpcService<FakeApiKeys>();
        app.MapGrpcService<FakeCredentials>();
        app.MapGrpcService<FakeDeployments>();
        await app.StartAsync();
        return new(app, known);
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    /// <summary>By project.</summary>
    public sealed class Known : ConcurrentDictionary<Guid, Tenant>
    {
        public Tenant Of(string projectId) =>
            TryGetValue(Guid.Parse(projectId), out var tenant) ? tenant : throw new RpcException(new(StatusCode.NotFound, "No such project."));
    }

    private sealed class SignedByCalls(ServiceKeys keys, TimeProvider clock) : Interceptor
    {
        public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
            TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
        {
            var peer = context.Method.StartsWith("/rapida.vault.", StringComparison.Ordinal) ? "vault" : "deployments";
            var read = await Token.ReadAsync(context.RequestHeaders.GetValue("authorization")?["Bearer ".Length..], keys, peer, clock);
            return read.GetPayloadValue<string>("scope") == context.Method
                ? await continuation(request, context)
                : throw new RpcException(new(StatusCode.PermissionDenied, "Not for this method."));
        }
    }

    private sealed class FakeApiKeys(Known known) : ApiKeys.ApiKeysBase
    {
        public override Task<AuthenticateResponse> Authenticate(AuthenticateRequest request, ServerCallContext context)
        {
            // "calls:read,webhook 0199e0a4-…"
            if (request.Key.Split(' ') is [var scopes, var project])
                return Task.FromResult(new AuthenticateResponse
                {
                    Known = true, ProjectId = project, ApiKeyId = Guid.NewGuid().ToString(), Scopes = { scopes.Split(',') },
                });

            var tenant = known.Values.SingleOrDefault(tenant => request.Key == tenant.WebhookKey || request.Key == tenant.ReadKey);
            return Task.FromResult(tenant is null
                ? new AuthenticateResponse()
                : new()
                {
                    Known = true,
                    ProjectId = tenant.ProjectId.ToString(),
                    ApiKeyId = Guid.NewGuid().ToString(),
                    Scopes = { request.Key == tenant.WebhookKey ? "webhook" : "calls:read" },
                });
        }
    }

    private sealed class FakeCredentials(Known known, TimeProvider clock) : Credentials.CredentialsBase
    {
        public override Task<Credential> GetCredential(GetCredentialRequest request, ServerCallContext context)
        {
            var tenant = known.Of(request.ProjectId);
            if (request.Id != tenant.CredentialId.ToString() || tenant.IsCredentialDeleted)
                throw new RpcException(new(StatusCode.NotFound, "No such credential."));

            var credential = new Credential { Id = request.Id, Provider = "twilio", PublicFields = { ["account_sid"] = tenant.AccountSid } };
            if (tenant.ApiKey is { } key)
                credential.PublicFields["api_key_sid"] = key.Sid;
            return Task.FromResult(credential);
        }

        public override Task<RevealCredentialResponse> RevealCredential(RevealCredentialRequest request, ServerCallContext context)
        {
            var tenant = known.Of(request.ProjectId);
            Assert.Equal(tenant.CredentialId.ToString(), request.Id);
            if (tenant.IsCredentialDeleted)
                throw new RpcException(new(StatusCode.NotFound, "No such credential."));

            var revealed = new RevealCredentialResponse
            {
                SecretFields = { ["account_token"] = tenant.AuthToken },
                ExpiresAt = (clock.GetUtcNow() + TimeSpan.FromMinutes(5)).ToTimestamp(),
            };
            if (tenant.ApiKey is { } key)
                revealed.SecretFields["api_key_secret"] = key.Secret;
            if (tenant.Previous is { } previous && clock.GetUtcNow() < previous.Until)
                (revealed.PreviousSecretFields["account_token"], revealed.PreviousUntil) = (previous.Token, previous.Until.ToTimestamp());
            return Task.FromResult(revealed);
        }
    }

    private sealed class FakeDeployments(Known known) : Deployments.DeploymentsBase
    {
        public override Task<ResolvePhoneCallResponse> ResolvePhoneCall(ResolvePhoneCallRequest request, ServerCallContext context)
        {
            var tenant = known.Of(request.ProjectId);
            return request.AssistantId == tenant.AssistantId
                ? Task.FromResult(Resolve(tenant))
                : throw new RpcException(new(StatusCode.NotFound, "No such assistant."));
        }

        public override Task<ListAssistantsResponse> ListAssistants(ListAssistantsRequest request, ServerCallContext context) =>
            Task.FromResult(new ListAssistantsResponse { Assistants = { new Assistant { Id = known.Of(request.ProjectId).AssistantId } } });

        private static ResolvePhoneCallResponse Resolve(Tenant tenant) => new()
        {
            Assistant = new() { ProjectId = tenant.ProjectId.ToString(), Id = tenant.AssistantId, LiveVersion = 3 },
            Version = tenant.Missing.Contains("version") ? null : new()
            {
                Version = 3,
                Prompt = "Be brief.",
                LanguageModel = new() { Name = "scripted", CredentialId = tenant.LanguageModelCredentialId.ToString() },
                Tools =
                {
                    new HttpTool
                    {
                        Name = "look", Url = "https://example.com/", CredentialId = tenant.ToolCredentialId.ToString(), HeaderNames = { "X-Key" },
                        Headers = { ["X-Key"] = tenant.ToolKey },
                    },
                },
            },
            Phone = tenant.Missing.Contains("phone_deployment") ? null : new()
            {
                Provider = "twilio",
                CredentialId = tenant.DeployedCredentialId.ToString(),
                PhoneNumber = tenant.DeployedNumber,
                Experience = new() { ErrorMessage = tenant.ErrorMessage, MaxDuration = Duration.FromTimeSpan(TimeSpan.FromMinutes(5)) },
                SpeechToText = new() { Name = "pocketsphinx" },
                TextToSpeech = new() { Name = "flite" },
                TransferTargets = { ["desk"] = Tenant.Desk },
                SendKeys = true,
                MachineDetection = tenant.MachineDetection,
            },
            Missing = { tenant.Missing },
        };
    }
}

/// <summary>Tokens that CallControl signs, read without its own code.</summary>
internal static class Token
{
    public static async Task<JsonWebToken> ReadAsync(string? token, ServiceKeys keys, string audience, TimeProvider clock)
    {
        using var key = ECDsa.Create();
        key.ImportPkcs8PrivateKey(Convert.FromBase64String(keys.SettingsFor("calls").First().Value), out _);
        var result = await new JsonWebTokenHandler { MapInboundClaims = false }.ValidateTokenAsync(token, new TokenValidationParameters
        {
            ValidIssuer = "calls",
            ValidAudience = audience,
            // The key's cache would outlive the key.
            IssuerSigningKey = new ECDsaSecurityKey(key) { CryptoProviderFactory = new() { CacheSignatureProviders = false } },
            LifetimeValidator = (_, expires, _, _) => expires > clock.GetUtcNow().UtcDateTime,
        });
        return result.IsValid ? (JsonWebToken)result.SecurityToken : throw new RpcException(new(StatusCode.Unauthenticated, "Not signed."));
    }
}
