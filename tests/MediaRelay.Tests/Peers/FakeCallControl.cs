using System.Collections.Concurrent;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Rapida.Deployments.V1;
using Rapida.Media.V1;
using Rapida.ServiceDefaults.Access;

namespace Rapida.MediaRelay.Tests.Peers;

/// <summary>CallControl as the relay sees it.</summary>
[Callers("media")]
internal sealed class FakeCallControl : MediaContexts.MediaContextsBase
{
    public const string Traceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    public ConcurrentQueue<AuthoriseRequest> Authorised { get; } = new();

    public ConcurrentQueue<ClaimRequest> Claimed { get; } = new();

    public ConcurrentQueue<LeaveRequest> Left { get; } = new();

    public bool IsAuthorised { get; set; } = true;

    /// <summary>Which stream of the call the next one is.</summary>
    public int Attempt { get; set; } = 1;

    public SessionSettings Settings { get; } = new()
    {
        AssistantId = "123456789012345",
        AssistantVersion = 3,
        LanguageModel = new Provider { Name = "fake-mind" },
        SpeechToText = new Provider { Name = "fake-ears" },
        TextToSpeech = new Provider { Name = "fake-voice" },
        Experience = new Experience
        {
            Greeting = "Hello {{name}}, who is it?",
            GreetingInterruptible = true,
            ErrorMessage = "Something is wrong here.",
            IdleTimeout = Duration.FromTimeSpan(TimeSpan.FromSeconds(30)),
            IdleRetries = 2,
        },
        Arguments = { ["name"] = "Ann" },
        Remaining = Duration.FromTimeSpan(TimeSpan.FromMinutes(5)),
    };

    public override Task<AuthoriseResponse> Authorise(AuthoriseRequest request, ServerCallContext context)
    {
        Authorised.Enqueue(request);
        return Task.FromResult(new AuthoriseResponse { Authorised = IsAuthorised, ProjectId = IsAuthorised ? "project" : "" });
    }

    public override Task<ClaimResponse> Claim(ClaimRequest request, ServerCallContext context)
    {
        Claimed.Enqueue(request);
        if (request.Ticket != "ticket")
            throw new RpcException(new Status(StatusCode.PermissionDenied, "no"));
        return Task.FromResult(new ClaimResponse
        {
            ProjectId = request.ProjectId,
            CallId = "call",
            ConversationId = request.CallSid,
            Attempt = Attempt,
            Settings = Settings,
            CredentialGrant = "grant",
            Traceparent = Traceparent,
        });
    }

    public override Task<LeaveResponse> Leave(LeaveRequest request, ServerCallContext context)
    {
        Left.Enqueue(request);
        return Task.FromResult(new LeaveResponse());
    }
}
