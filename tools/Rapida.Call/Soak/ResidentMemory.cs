using System.Globalization;

namespace Rapida.Call.Soak;

/// <summary>The resident memory of the system's services, as Linux counts it.</summary>
internal static class ResidentMemory
{
    /// <summary>Mebibytes of each service that runs here, by its assembly's name.</summary>
    /// <param name="checkout">Whose services: others may run beside.</param>
    public static SortedDictionary<string, int> OfServices(string checkout)
    {
        var services = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (var process in Directory.EnumerateDirectories("/proc").Where(folder => int.TryParse(Path.GetFileName(folder), out _)))
            if (ServiceOf(process, checkout) is { } service)
                services[service] = services.GetValueOrDefault(service) + Mebibytes(process);
        return services;
    }

    // /checkout/artifacts/bin/Rapida.MediaRelay/debug/Rapida.MediaRelay, or dotnet with that .dll as its argument.
    private static string? ServiceOf(string process, string checkout) => Read(process, "cmdline").Split('\0')
        .Where(part => part.StartsWith(checkout + "/artifacts/bin/Rapida.", StringComparison.Ordinal))
        .Select(part => Path.GetFileName(part).Replace(".dll", "", StringComparison.Ordinal))
        .FirstOrDefault(name => name.StartsWith("Rapida.", StringComparison.Ordinal) && name is not "Rapida.Call" and not "Rapida.AppHost");

    // VmRSS:	  123456 kB
    private static int Mebibytes(string process) => Read(process, "status").Split('\n')
        .Where(line => line.StartsWith("VmRSS:", StringComparison.Ordinal))
        .Select(line => int.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture) / 1_024)
        .FirstOrDefault();

    private static string Read(string process, string file)
    {
        try
        {
            return File.ReadAllText(Path.Combine(process, file));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return ""; // It has just ended.
        }
    }
}
