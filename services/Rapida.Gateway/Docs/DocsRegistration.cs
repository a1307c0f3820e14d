using System.Net.Mime;

namespace Rapida.Gateway.Docs;

/// <summary>The description of the API, for programs and for people. Whoever may read it needs no key.</summary>
internal static class DocsRegistration
{
    // Nothing from elsewhere: a page that a developer pastes keys beside runs no stranger's script.
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    public static void AddDocs(this WebApplicationBuilder builder) => builder.Services.AddSingleton<RenderPage>();

    public static void MapDocs(this WebApplication app)
    {
        app.MapFile("/openapi/v1.json", ServedFile.Embedded("openapi.json", MediaTypeNames.Application.Json));
        app.MapFile("/docs/docs.css", ServedFile.Embedded("docs.css", MediaTypeNames.Text.Css));
        app.MapFile("/docs/docs.js", ServedFile.Embedded("docs.js", MediaTypeNames.Text.JavaScript));
        app.MapGet("/docs", async (RenderPage render, HttpResponse response) =>
        {
            response.Headers.ContentSecurityPolicy = Policy;
            return (await render.ExecuteAsync()).Answer(response);
        });
    }

    private static void MapFile(this WebApplication app, string path, ServedFile file) =>
        app.MapGet(path, (HttpResponse response) => file.Answer(response));
}
