using Rapida.MediaRelay.Journal;
using Rapida.MediaRelay.Pipeline;
using Rapida.MediaRelay.Replay;
using Rapida.MediaRelay.Settings;
using Rapida.MediaRelay.Streams;
using Rapida.MediaRelay.Tools;
using Rapida.ServiceDefaults;

if (args is ["replay", .. var replay])
    return await ReplayCommand.RunAsync(replay, Console.Out);

var builder = WebApplication.CreateBuilder(args);

builder.AddServiceDefaults("media");
builder.AddSettings();
builder.AddStreams();
builder.AddJournal();
builder.AddPipeline();
builder.AddTools();

var app = builder.Build();

app.MapDefaultEndpoints();
app.MapStreams();

app.Run();
return 0;

/// <summary>The relay's entry point, named for the tests.</summary>
public partial class Program;
