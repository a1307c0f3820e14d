using Rapida.Gateway;
using Rapida.Gateway.Limits;
using Rapida.ServiceDefaults;

var builder = WebApplication.CreateBuilder(args);

builder.AddServiceDefaults("gateway");
builder.AddLimits(); // Limits/      what a request may weigh, and how slowly it may come
builder.AddRoutes(); // Routes.cs    which path belongs to which service; Forwarding/ how it gets there

var app = builder.Build();

app.MapDefaultEndpoints();
app.MapRoutes();

app.Run();
