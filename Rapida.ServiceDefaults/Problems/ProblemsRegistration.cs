using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Rapida.ServiceDefaults.Problems;

internal static class ProblemsRegistration
{
    public static void AddProblems(this WebApplicationBuilder builder)
    {
        builder.Services.AddProblemDetails();
        builder.Services.AddExceptionHandler<ProblemExceptionHandler>();
        builder.Services.AddGrpc(options =>
        {
            options.Interceptors.Add<ProblemInterceptor>();
            // Its route {service}/{method} for those that nobody has would take POST /v1/api-keys, when that is not JSON, and answer a bare 404.
            options.IgnoreUnknownServices = true;
        });
        // Outside Development the framework would answer an unreadable body with a bare 400.
        builder.Services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        builder.Services.ConfigureHttpJsonOptions(options =>
        {
            options.SerializerOptions.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
            options.SerializerOptions.DictionaryKeyPolicy = null;
        });
    }

    public static void UseProblems(this WebApplication app)
    {
        // Not in a startup filter: the developer's exception page, which Development puts between, would answer first.
        app.UseExceptionHandler();
        app.UseStatusCodePages(pages => FrameworkProblems.Of(pages.HttpContext)?.ExecuteAsync(pages.HttpContext) ?? Task.CompletedTask);
    }
}
