using Rapida.Calls.V1;
using Rapida.Events;
using Rapida.Recording.Conversations;
using Rapida.Recording.Database;
using Rapida.Recording.Journal;
using Rapida.Recording.Recordings;
using Rapida.ServiceDefaults;
using Rapida.ServiceDefaults.Access;

var builder = WebApplication.CreateBuilder(args);

builder.AddServiceDefaults("recordings");
builder.AddRemoteApiKeys();
builder.AddServiceClient<Calls.CallsClient>("calls");
builder.AddDatabase();
builder.AddEvents(listen => listen
    .Consume<NoteCallAnswered>("recordings-call-answered")
    .Consume<NoteCallEnded>("recordings-call-ended")
    .Hear<ForgetRevokedApiKey>());
builder.AddJournal();         // Journal/        what the relays tell while calls run
builder.AddConversations();   // Conversations/  what was said, and what became of it
builder.AddRecordings();      // Recordings/     the finished sound

var app = builder.Build();

app.MapDefaultEndpoints();
app.MapJournal();
app.MapConversations();
app.MapRecordings();

app.Run();
