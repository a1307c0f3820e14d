using Microsoft.EntityFrameworkCore;
using Npgsql;
using Rapida.Events;
using Rapida.ServiceDefaults;
using Rapida.Vault;
using Rapida.Vault.ApiKeys;
using Rapida.Vault.Credentials;
using Rapida.Vault.Encryption;
using Rapida.Vault.Members;

var builder = WebApplication.CreateBuilder(args);

builder.AddServiceDefaults("vault");
builder.AddNpgsqlDataSource("vault-db");
builder.Services.AddDbContext<VaultDbContext>((services, options) => options.UseNpgsql(services.GetRequiredService<NpgsqlDataSource>()));
builder.AddEvents();

await builder.UnwrapKeysAsync(CancellationToken.None);
builder.AddEncryption();
builder.AddCredentials();
builder.AddApiKeys();
builder.AddMembers();

var app = builder.Build();

app.MapDefaultEndpoints();
app.MapCredentials();
app.MapApiKeys();
app.MapMembers();

await app.RunAsync();
