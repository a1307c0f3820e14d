namespace Rapida.CallControl.Diagnostics;

internal static class DiagnosticsRegistration
{
    public static void AddDiagnostics(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<CountDiagnostic>();
        builder.Services.AddSingleton<DiagnoseSignature>();
    }

    public static void MapDiagnostics(this WebApplication app) => app.MapDiagnosticsEndpoints();
}
