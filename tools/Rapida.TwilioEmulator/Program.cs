using Rapida.TwilioEmulator;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddEmulator();
builder.Services.AddHealthChecks();

var app = builder.Build();
app.MapHealthChecks("/health");
app.MapEmulator();
app.Run();
