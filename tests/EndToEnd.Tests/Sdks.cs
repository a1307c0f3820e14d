using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using Rapida.Client;
using Rapida.Testing;
using Xunit;

namespace EndToEnd.Tests;

/// <summary>Both clients of sdk/, told of a running system only where it answers.</summary>
internal static class Sdks
{
    private const string SaysGoodbye = "/usr/share/asterisk/sounds/en_US_f_Allison/goodbye.wav";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    public static RapidaClient NewClient(this RunningSystem system) =>
        new(new RapidaClientOptions { ApiKey = KeyOf(system), BaseUrl = AddressOf(system) });

    /// <summary>Somebody rings the demo's number, and says goodbye. Returns Twilio's CallSid when it is over.</summary>
    public static async Task<string> RingAsync(this RunningSystem system)
    {
        using var emulator = system.NewEmulatorClient();
        using var placed = await emulator.PostAsJsonAsync(
            "/emulator/calls", new { to = system.Run.GetProperty("phone_number").GetString(), wav = SaysGoodbye });
        var sid = (await placed.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("call_sid").GetString()!;
        // The events end with the call.
        await emulator.GetStringAsync($"/emulator/calls/{sid}/events");
        return sid;
    }

    public static HttpClient NewEmulatorClient(this RunningSystem system) =>
        new() { BaseAddress = new(system.Run.GetProperty("emulator_url").GetString()!) };

    /// <summary>Runs a program in Python with the client of this checkout, and returns what it printed.</summary>
    public static async Task<string> RunPythonAsync(this RunningSystem system, string program, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("python3", ["-B", program, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["PYTHONPATH"] = Checkout.PathOf("sdk", "python");
        start.Environment["RAPIDA_BASE_URL"] = AddressOf(system).AbsoluteUri;
        start.Environment["RAPIDA_API_KEY"] = KeyOf(system);
        using var python = Process.Start(start)!;
        using var limit = new CancellationTokenSource(Patience);
        var errors = python.StandardError.ReadToEndAsync(limit.Token);
        var output = await python.StandardOutput.ReadToEndAsync(limit.Token);
        await python.WaitForExitAsync(limit.Token);
        Assert.True(python.ExitCode == 0, $"{output}\n{await errors}");
        return output;
    }

    public static string KeyOf(RunningSystem system) => system.Run.GetProperty("api_key").GetString()!;

    private static Uri AddressOf(RunningSystem system) => new(system.Run.GetProperty("gateway_url").GetString()!);
}
