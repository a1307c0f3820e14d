using System.Diagnostics;
using Google.Protobuf;
using Microsoft.Extensions.Options;
using Rapida.CallControl.Calls;
using Rapida.CallControl.Carriers.Twilio;
using Rapida.Media.V1;
using Rapida.ServiceDefaults.Access;

namespace Rapida.CallControl.Media;

/// <summary>Makes a media context and the TwiML that leads Twilio to it.</summary>
internal sealed class OpenMediaContext(Twiml twiml, Tickets tickets, IOptions<MediaContextOptions> options, TimeProvider clock)
{
    private readonly byte[] _contextKey = Convert.FromBase64String(options.Value.ContextKey);

    /// <summary>The context, which the caller writes before Twilio hears of it.</summary>
    /// <param name="call">The call that the stream shall carry.</param>
    /// <param name="settings">The session's frozen settings.</param>
    /// <param name="digitsFirst">Digits to play before the stream opens; null for none.</param>
    public MediaContext Execute(Call call, SessionSettings settings, string? digitsFirst = null)
    {
        var id = ContextId.New(_contextKey);
        var ticket = tickets.For(id);
        return new()
        {
            Id = id,
            ProjectId = call.ProjectId,
            CallId = call.Id,
            Settings = settings.ToByteArray(),
            HoldsNoHeaders = settings.Tools.All(tool => tool.Headers.Count == 0),
            Twiml = digitsFirst is null ? twiml.Connect(id, ticket) : twiml.PlayDigitsAndConnect(digitsFirst, id, ticket),
            CreatedAt = clock.GetUtcNow(),
            TraceParent = Activity.Current?.Id,
        };
    }
}
