using System.Net.Mime;
using System.Text;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace Rapida.Gateway.Docs;

/// <summary>Makes the page of the document, once.</summary>
internal sealed class RenderPage(IServiceProvider services, ILoggerFactory loggers)
{
    private readonly Lazy<Task<ServedFile>> _page = new(() => RenderAsync(services, loggers));

    public Task<ServedFile> ExecuteAsync() => _page.Value;

    private static async Task<ServedFile> RenderAsync(IServiceProvider services, ILoggerFactory loggers)
    {
        var document = ApiReader.Read(ServedFile.Embedded("openapi.json", MediaTypeNames.Application.Json).Contents);
        await using var renderer = new HtmlRenderer(services, loggers);
        var html = await renderer.Dispatcher.InvokeAsync(async () =>
        {
            var parameters = ParameterView.FromDictionary(new Dictionary<string, object?> { [nameof(Page.Api)] = document });
            return (await renderer.RenderComponentAsync<Page>(parameters)).ToHtmlString();
        });
        return new(Encoding.UTF8.GetBytes(html), MediaTypeNames.Text.Html);
    }
}
