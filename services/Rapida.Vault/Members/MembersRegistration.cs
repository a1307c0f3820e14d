namespace Rapida.Vault.Members;

internal static class MembersRegistration
{
    public static void AddMembers(this IHostApplicationBuilder builder)
    {
        builder.Services.AddScoped<AddMember>();
        builder.Services.AddScoped<ChangeRole>();
        builder.Services.AddScoped<RemoveMember>();
    }

    public static void MapMembers(this WebApplication app) => app.MapMemberEndpoints();
}
