using Rapida.CallControl.Calls;
using Rapida.CallControl.Capacity;
using Rapida.CallControl.Carriers.Twilio;
using Rapida.CallControl.Database;
using Rapida.CallControl.Diagnostics;
using Rapida.CallControl.Inbound;
using Rapida.CallControl.Media;
using Rapida.CallControl.Next;
using Rapida.CallControl.Numbers;
using Rapida.CallControl.Outbound;
using Rapida.CallControl.Status;
using Rapida.ServiceDefaults;
using Rapida.ServiceDefaults.Access;

var builder = WebApplication.CreateBuilder(args);

builder.AddServiceDefaults("calls");
builder.AddRemoteApiKeys();
builder.AddCallsDatabase();
builder.AddCalls();         // Calls/        a call, its states and its outcome
builder.AddCapacity();      // Capacity/     how many calls a tenant may hold
builder.AddInbound();       // Inbound/      somebody rings a number of ours
builder.AddOutbound();      // Outbound/     we ring somebody
builder.AddMediaContexts(); // Media/        a relay asks to carry a call, and says how it leaves
builder.AddNext();          // Next/         Twilio asks: what now?
builder.AddStatus();        // Status/       Twilio says what became of a call
builder.AddNumbers();       // Numbers/      where the calls of a number go
builder.AddDiagnostics();   // Diagnostics/  why a request was refused
builder.AddTwilio();        // Carriers/     the only folder that names a carrier

var app = builder.Build();

app.MapDefaultEndpoints();
app.MapCalls();
app.MapInbound();
app.MapOutbound();
app.MapMediaContexts();
app.MapNext();
app.MapStatus();
app.MapNumbers();
app.MapDiagnostics();
app.MapTwilio();

app.Run();
