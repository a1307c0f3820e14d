using Rapida.Gateway;
using Rapida.Gateway.Docs;
using Rapida.Gateway.Headers;
using Rapida.Gateway.Limits;
using Rapida.Gateway.Rates;
using Rapida.ServiceDefaults;

var builder = WebApplication.CreateBuilder(args);

builder.AddServiceDefaults("gateway");
builder.AddLimits();  // Limits/     what a request may weigh, and how slowly it may come
builder.AddHeaders(); // Headers/    who is believed to have called, and what every answer says
builder.AddRates();   // Rates/      how often a key and an address may ask
builder.AddDocs();    // Docs/       the description of the API, and a page of it
builder.AddRoutes();  // Routes.cs   which path belongs to which service; Forwarding/ how it gets there

var app = builder.Build();

app.MapDefaultEndpoints();
app.UseHeaders();
app.MapDocs();
app.MapRoutes();

app.Run();
