using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using Rapida.Gateway.Limits;
using Yarp.ReverseProxy.Forwarder;

namespace Rapida.Gateway.Forwarding;

/// <summary>Says why a request could not be passed on, in the form that every service uses.</summary>
internal sealed class AnswerFailure(RequestDelegate next, IOptions<LimitsOptions> limits, ILogger<AnswerFailure> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        await next(context);

        if (context.GetForwarderErrorFeature() is not { } failure || context.RequestAborted.IsCancellationRequested)
            return; // It went well, or nobody is there to be told.

        // Whose body it was decides whose fault it is.
        if (failure.Error is ForwarderError.RequestBodyClient)
        {
            await AnswerSenderAsync(context, BadRequestOf(failure.Exception));
            return;
        }

        var service = context.GetReverseProxyFeature().Cluster.Config.ClusterId;
        GatewayMetrics.Failed.Add(1, new("service", service), new("reason", failure.Error.ToString()));
        logger.ServiceDidNotAnswer(service, failure.Error, failure.Exception?.GetBaseException().GetType().Name);
        if (context.Response.HasStarted)
            return; // YARP has cut it off.
        var answer = failure.Error is ForwarderError.RequestTimedOut ? GatewayProblems.Timeout : GatewayProblems.Unavailable;
        await answer.ExecuteAsync(context);
    }

    private Task AnswerSenderAsync(HttpContext context, BadHttpRequestException? bad)
    {
        if (bad is null)
        {
            // It stopped half way, for longer than a service may be silent. What is left cannot be told from the next request.
            context.Abort();
            return Task.CompletedTask;
        }

        var answer = bad.StatusCode switch
        {
            StatusCodes.Status413PayloadTooLarge => GatewayProblems.TooLarge(limits.Value.MaxBodyBytes),
            StatusCodes.Status408RequestTimeout => GatewayProblems.TooSlow,
            _ => GatewayProblems.Unreadable,
        };
        return answer.ExecuteAsync(context);
    }

    // YARP wraps what Kestrel threw, together with what became of its own request.
    private static BadHttpRequestException? BadRequestOf(Exception? exception) => exception switch
    {
        BadHttpRequestException bad => bad,
        AggregateException many => many.InnerExceptions.Select(BadRequestOf).FirstOrDefault(bad => bad is not null),
        null => null,
        _ => BadRequestOf(exception.InnerException),
    };
}
