using Microsoft.EntityFrameworkCore;
using Npgsql;
using Rapida.Deployments;
using Rapida.Deployments.Assistants;
using Rapida.Deployments.Phone;
using Rapida.Events;
using Rapida.ServiceDefaults;
using Rapida.ServiceDefaults.Access;

var builder = WebApplication.CreateBuilder(args);

builder.AddServiceDefaults("deployments");
builder.AddRemoteApiKeys();
builder.AddNpgsqlDataSource("deployments-db");
builder.Services.AddDbContext<DeploymentsDbContext>(
    (services, options) => options.UseNpgsql(services.GetRequiredService<NpgsqlDataSource>()));
builder.AddEvents(events => events.Hear<ForgetRevokedApiKey>());

builder.AddAssistants();
builder.AddPhone();

var app = builder.Build();

app.MapDefaultEndpoints();
app.MapGrpcService<DeploymentsGrpcService>();
app.MapAssistants();
app.MapPhone();

await app.RunAsync();
