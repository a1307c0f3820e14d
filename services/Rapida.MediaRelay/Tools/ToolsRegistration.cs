using Rapida.ServiceDefaults.Access;
using Rapida.ServiceDefaults.Outgoing;
using Rapida.Vault.V1;

namespace Rapida.MediaRelay.Tools;

internal static class ToolsRegistration
{
    /// <summary>The client that <see cref="HttpTool"/> asks with.</summary>
    public const string Client = "tools";

    public static void AddTools(this WebApplicationBuilder builder)
    {
        builder.AddPublicHttpClient(Client);
        builder.AddServiceClient<Credentials.CredentialsClient>("vault");
    }
}
