using Microsoft.Extensions.Options;
using Rapida.MediaRelay.Settings;
using Rapida.ServiceDefaults.Access;

namespace Rapida.MediaRelay.Journal;

internal static class JournalRegistration
{
    public static void AddJournal(this WebApplicationBuilder builder)
    {
        builder.AddServiceClient<Conversations.V1.Journal.JournalClient>("recordings");
        builder.Services.AddSingleton(provider => new UnstoredEntries(provider.GetRequiredService<IOptions<RelayOptions>>().Value.MaxUnstoredBytes));
        builder.Services.AddSingleton<IJournalSink>(provider => provider.GetRequiredService<UnstoredEntries>());
        builder.Services.AddHostedService<JournalUplink>();
    }
}
