using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Rapida.Audio;

namespace Rapida.TwilioEmulator.Tests;

/// <summary>An emulator with one account and one number, and a customer's application that the number calls.</summary>
internal sealed class EmulatorUnderTest : IAsyncDisposable
{
    public const string AccountSid = "AC0123456789abcdef0123456789abcdef";
    public const string SubaccountSid = "ACfedcba9876543210fedcba9876543210";
    public const string AuthToken = "7f3c0e5a9b1d4826af17c0d35e94b268";
    public const string SubaccountToken = "00000e5a9b1d4826af17c0d35e94b268";
    public const string NumberSid = "PN00112233445566778899aabbccddeeff";
    public const string Number = "+15551230000";
    public const string OwnedNumber = "+15559876543";
    public const string KeySid = "SK0123456789abcdef0123456789abcdef";
    public const string KeySecret = "a1b2c3d4e5f60718293a4b5c6d7e8f90";
    public const string Account = $"/2010-04-01/Accounts/{AccountSid}";
    private const int Speed = 4;

    private readonly WebApplication _app;
    private readonly string _folder;

    private EmulatorUnderTest(WebApplication app, FakeApplication application, string folder) => (_app, Application, _folder) = (app, application, folder);

    public FakeApplication Application { get; }

    public HttpClient Http { get; } = new();

    public static async Task<EmulatorUnderTest> StartAsync(params IEnumerable<(string Key, string Value)> settings)
    {
        var application = await FakeApplication.StartAsync();
        var folder = Directory.CreateTempSubdirectory("emulator-tests-").FullName;
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders().AddConsole().SetMinimumLevel(LogLevel.Error);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Configuration.AddInMemoryCollection(Settings(application, folder, settings));
        builder.Services.AddEmulator();
        builder.Services.AddSingleton<TimeProvider>(new FastClock(Speed));
        var app = builder.Build();
        app.MapEmulator();
        await app.StartAsync();

        var emulator = new EmulatorUnderTest(app, application, folder);
        emulator.Http.BaseAddress = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        emulator.Authenticate(AccountSid, AuthToken);
        return emulator;
    }

    public void Authenticate(string sid, string token) =>
        Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{sid}:{token}")));

    /// <summary>Places a call and returns its SID.</summary>
    public async Task<string> PlaceAsync(object? request = null)
    {
        using var response = await Http.PostAsJsonAsync("/emulator/calls", request ?? new { to = Number });
        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("call_sid").GetString()!;
    }

    /// <summary>Waits for a call's end, and returns its report.</summary>
    public async Task<JsonElement> EndOfAsync(string sid)
    {
        try
        {
            await foreach (var _ in EventsAsync(sid))
            {
            }
        }
        catch (OperationCanceledException)
        {
            Assert.Fail($"The call did not end: {await ReportAsync(sid)}");
        }
        return await ReportAsync(sid);
    }

    public async Task<JsonElement> CallAsync(object? request = null) => await EndOfAsync(await PlaceAsync(request));

    public Task<JsonElement> ReportAsync(string sid) => Http.GetFromJsonAsync<JsonElement>($"/emulator/calls/{sid}");

    /// <summary>Waits until an event of this kind has happened.</summary>
    public async Task<JsonElement> EventAsync(string sid, string type)
    {
        await foreach (var happened in EventsAsync(sid))
        {
            if (happened.GetProperty("type").GetString() == type)
                return happened;
        }
        throw new InvalidOperationException($"The call ended without {type}.");
    }

    public async IAsyncEnumerable<JsonElement> EventsAsync(string sid)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        await using var stream = await Http.GetStreamAsync($"/emulator/calls/{sid}/events", limit.Token);
        await foreach (var item in System.Net.ServerSentEvents.SseParser.Create(stream).EnumerateAsync(limit.Token))
            yield return JsonElement.Parse(item.Data);
    }

    public static byte[] Heard(JsonElement report, string track = "heard_wav")
    {
        var samples = WavFile.Read(report.GetProperty(track).GetString()!).Samples.Span;
        var mulaw = new byte[samples.Length];
        Mulaw.Encode(samples, mulaw);
        return mulaw;
    }

    /// <summary>The bytes of a WAV file.</summary>
    public static byte[] Wav(byte[] mulaw)
    {
        var samples = new short[mulaw.Length];
        Mulaw.Decode(mulaw, samples);
        using var wav = new MemoryStream();
        using (var writer = new WavWriter(wav, 8000, 1, leaveOpen: true))
            writer.Write(samples);
        return wav.ToArray();
    }

    /// <summary>Asks the REST API to place a call from the account's number; a key may come more than once.</summary>
    public async Task<(HttpStatusCode Status, JsonElement Body)> CreateAsync(string to, params IEnumerable<(string Key, string Value)> more) =>
        await PostAsync($"{Account}/Calls.json", [("To", to), .. more.Any(m => m.Key == "From") ? [] : ((string, string)[])[("From", Number)], .. more]);

    /// <summary>Places a call through the REST API and returns its SID.</summary>
    public async Task<string> DialAsync(string to, params IEnumerable<(string Key, string Value)> more)
    {
        var (status, call) = await CreateAsync(to, more);
        Assert.True(status == HttpStatusCode.Created, call.ToString());
        return call.GetProperty("sid").GetString()!;
    }

    public async Task<JsonElement> DescribeAsync(string number, object callee)
    {
        using var response = await Http.PutAsJsonAsync($"/emulator/callees/{Uri.EscapeDataString(number)}", callee);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }

    public async Task<(HttpStatusCode Status, JsonElement Body)> GetAsync(string path)
    {
        using var response = await Http.GetAsync(path);
        return (response.StatusCode, await response.Content.ReadFromJsonAsync<JsonElement>());
    }

    public async Task<(HttpStatusCode Status, JsonElement Body)> PostAsync(string path, params IEnumerable<(string Key, string Value)> form)
    {
        using var content = new FormUrlEncodedContent(form.Select(f => KeyValuePair.Create(f.Key, f.Value)));
        using var response = await Http.PostAsync(path, content);
        return (response.StatusCode, await response.Content.ReadFromJsonAsync<JsonElement>());
    }

    public static IReadOnlyList<int> Warnings(JsonElement report) =>
        [.. report.GetProperty("warnings").EnumerateArray().Select(w => w.GetProperty("code").GetInt32())];

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        await Application.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private static Dictionary<string, string?> Settings(FakeApplication application, string folder, IEnumerable<(string Key, string Value)> more)
    {
        var settings = new Dictionary<string, string?>
        {
            ["Emulator:AllowInsecureStreams"] = "true",
            ["Emulator:CallsFolder"] = folder,
            ["Emulator:Accounts:0:Sid"] = AccountSid,
            ["Emulator:Accounts:0:AuthToken"] = AuthToken,
            ["Emulator:Accounts:0:Numbers:0:Sid"] = NumberSid,
            ["Emulator:Accounts:0:Numbers:0:PhoneNumber"] = Number,
            ["Emulator:Accounts:0:Numbers:0:VoiceUrl"] = application.Url("/voice"),
            ["Emulator:Accounts:0:OwnedNumbers:0"] = OwnedNumber,
            ["Emulator:Accounts:0:ApiKeys:0:Sid"] = KeySid,
            ["Emulator:Accounts:0:ApiKeys:0:Secret"] = KeySecret,
            ["Emulator:Accounts:1:Sid"] = SubaccountSid,
            ["Emulator:Accounts:1:OwnerSid"] = AccountSid,
            ["Emulator:Accounts:1:AuthToken"] = SubaccountToken,
        };
        foreach (var (key, value) in more)
            settings["Emulator:" + key] = value.Replace("{app}", application.Url(""), StringComparison.Ordinal);
        return settings;
    }
}
