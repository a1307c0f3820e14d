using Rapida.Gateway;
using Rapida.ServiceDefaults;

var builder = WebApplication.CreateBuilder(args);

builder.AddServiceDefaults("gateway");
builder.AddRoutes(); // Routes.cs    which path belongs to which service

var app = builder.Build();

app.MapDefaultEndpoints();
app.MapRoutes();

app.Run();
