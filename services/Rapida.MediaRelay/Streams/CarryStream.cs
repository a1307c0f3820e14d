using System.Diagnostics;
using System.Net.WebSockets;
using Grpc.Core;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using Rapida.Media.V1;
using Rapida.MediaRelay.Journal;
using Rapida.MediaRelay.Pipeline;
using Rapida.MediaRelay.Sessions;
using Rapida.MediaRelay.Settings;
using Rapida.MediaRelay.Tools;
using Rapida.MediaRelay.Twilio;
using Rapida.ServiceDefaults.Access;
using Rapida.ServiceDefaults.Problems;
using Rapida.Speech;
using Rapida.Vault.V1;

namespace Rapida.MediaRelay.Streams;

/// <summary>A media stream comes: may it, whose is it, and then it is carried until it ends. Cheapest refusal first.</summary>
internal sealed class CarryStream(
    StreamSlots slots, MediaContexts.MediaContextsClient contexts, RecallConversation recall, Engines engines, IHttpClientFactory clients,
    Credentials.CredentialsClient vault, IJournalSink journal, IOptions<MediaOptions> media, IOptions<RelayOptions> relay, IOptions<TurnTakingOptions> turnTaking,
    IHostApplicationLifetime lifetime, TimeProvider clock, ILogger<CarryStream> logger)
{
    private readonly byte[] _contextKey = Convert.FromBase64String(media.Value.ContextKey);
    private readonly string _publicUrl = media.Value.PublicUrl.TrimEnd('/');

    public async Task<IResult> ExecuteAsync(HttpContext http, string contextId)
    {
        using var slot = slots.TryTake();
        if (slot is null || lifetime.ApplicationStopping.IsCancellationRequested)
            return Refuse(StreamProblems.Full);
        if (!http.WebSockets.IsWebSocketRequest)
            return Refuse(StreamProblems.NotAWebSocket);
        if (!ContextId.IsGenuine(_contextKey, contextId))
            return Refuse(StreamProblems.Forbidden);

        var authorised = await contexts.AuthoriseAsync(
            new AuthoriseRequest { ContextId = contextId, Url = UrlOf(http), Signature = http.Request.Headers["X-Twilio-Signature"].ToString() },
            cancellationToken: http.RequestAborted);
        if (!authorised.Authorised)
            return Refuse(StreamProblems.Forbidden);

        // Media is its own heartbeat: frames come every 20 ms, and a stream without them is lost.
        using var socket = await http.WebSockets.AcceptWebSocketAsync(new WebSocketAcceptContext { KeepAliveInterval = TimeSpan.Zero });
        var stream = new TwilioStream(socket, relay.Value, clock);
        if (await ClaimAsync(stream, contextId, authorised.ProjectId) is { } claim)
            await CarryAsync(stream, contextId, claim);
        else
            await RefuseAsync(stream);
        return Results.Empty;
    }

    private static ProblemHttpResult Refuse(Problem problem)
    {
        RelayMetrics.Refused.Add(1, new KeyValuePair<string, object?>("reason", problem.Code));
        return problem.ToHttp();
    }

    /// <summary>As Twilio asked for it: it is signed byte for byte, without a query.</summary>
    private string UrlOf(HttpContext http)
    {
        var target = http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var query = target.IndexOf('?', StringComparison.Ordinal);
        return _publicUrl + (query < 0 ? target : target[..query]);
    }

    /// <summary>Waits for <c>start</c> and takes the call; null when it is not to be had.</summary>
    private async Task<ClaimResponse?> ClaimAsync(TwilioStream stream, string contextId, string projectId)
    {
        using var limit = new CancellationTokenSource(relay.Value.StartTimeout, clock);
        try
        {
            if (await stream.StartAsync(limit.Token) is not { } start)
                return null;

            return await contexts.ClaimAsync(new ClaimRequest
            {
                ProjectId = projectId,
                ContextId = contextId,
                StreamSid = start.StreamSid,
                CallSid = start.CallSid,
                AccountSid = start.AccountSid,
                Ticket = start.Parameters.GetValueOrDefault("ticket", ""),
                RelayAddress = relay.Value.InternalAddress,
            });
        }
        catch (OperationCanceledException)
        {
            logger.StreamDidNotStart();
        }
        catch (RpcException exception)
        {
            logger.ClaimRefused(exception.StatusCode);
        }
        catch (WebSocketException)
        {
            logger.StreamDidNotStart();
        }

        return null;
    }

    private async Task RefuseAsync(TwilioStream stream)
    {
        RelayMetrics.Refused.Add(1, new KeyValuePair<string, object?>("reason", "not_claimed"));
        using var limit = new CancellationTokenSource(relay.Value.StartTimeout, clock);
        try
        {
            await stream.CloseAsync(WebSocketCloseStatus.PolicyViolation, limit.Token);
        }
        catch (Exception exception) when (exception is WebSocketException or OperationCanceledException)
        {
            // It has gone already.
        }
    }

    private async Task CarryAsync(TwilioStream stream, string contextId, ClaimResponse claim)
    {
        // The carrier's request has no trace context: the call's trace goes on from the webhook that answered it.
        ActivityContext.TryParse(claim.Traceparent, null, isRemote: true, out var parent);
        using var activity = RelayMetrics.Traces.StartActivity("media session", ActivityKind.Server, parent);
        activity?.SetTag("rapida.call_id", claim.CallId);

        logger.SessionBegan(claim.CallId, claim.Attempt);
        var began = clock.GetTimestamp();
        var settings = await recall.ExecuteAsync(claim, CallSettings.Parse(claim.Settings));
        await using var session = new MediaSession(
            stream, claim, settings, engines, clients.CreateClient(ToolsRegistration.Client), new LeasedHeaders(vault, claim, clock, logger), journal,
            relay.Value, turnTaking.Value, clock, logger);
        await using var stopping = lifetime.ApplicationStopping.Register(session.HandOver);
        var reason = EndReason.Error;
        try
        {
            reason = await session.RunAsync(why => LeaveAsync(contextId, claim, why));
        }
        catch (Exception exception)
        {
            logger.SessionFailed(exception, claim.CallId, claim.Attempt);
            activity?.SetStatus(ActivityStatusCode.Error);
        }

        if (session.LostFrames > 0)
            logger.FramesLost(claim.CallId, session.LostFrames);
        RelayMetrics.MissingMessages.Add(stream.MissingMessages);
        RelayMetrics.MissingAudio.Add(stream.MissingMs / 1_000.0);
        RelayMetrics.Ended.Add(1, new KeyValuePair<string, object?>("reason", reason.ToWire()));
        activity?.SetTag("rapida.end_reason", reason.ToWire());
        logger.SessionEnded(claim.CallId, claim.Attempt, clock.GetElapsedTime(began).TotalSeconds, reason);
    }

    private async Task LeaveAsync(string contextId, ClaimResponse claim, Departure departure)
    {
        try
        {
            await contexts.LeaveAsync(new LeaveRequest
            {
                ProjectId = claim.ProjectId,
                ContextId = contextId,
                Attempt = claim.Attempt,
                Intent = departure.Reason switch
                {
                    EndReason.Handover => LeaveIntent.Handover,
                    EndReason.Transfer => LeaveIntent.Transfer,
                    EndReason.Digits => LeaveIntent.Digits,
                    _ => LeaveIntent.Hangup,
                },
                Target = departure.Target,
                Reason = departure.Reason.ToWire(),
                Failure = departure.Failure,
            });
        }
        catch (RpcException exception)
        {
            // The socket is closed all the same: /next finds a stream that ended without a word.
            logger.LeaveFailed(exception, claim.CallId, claim.Attempt);
        }
    }
}
