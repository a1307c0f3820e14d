namespace Rapida.CallControl.Numbers;

internal static class NumbersRegistration
{
    public static void AddNumbers(this WebApplicationBuilder builder)
    {
        builder.Services.AddScoped<ListNumbers>();
        builder.Services.AddScoped<SetUpNumber>();
    }

    public static void MapNumbers(this WebApplication app) => app.MapNumbersApi();
}
