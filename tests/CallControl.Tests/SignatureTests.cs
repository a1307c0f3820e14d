using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Rapida.CallControl.Carriers.Twilio;

namespace CallControl.Tests;

public sealed class SignatureTests
{
    private const string FolderOfMore = "RAPIDA_SIGNATURE_VECTORS";

    private static readonly Dictionary<string, JsonElement> All = Files()
        .SelectMany(file => JsonElement.Parse(File.ReadAllBytes(file)).EnumerateArray(), (file, vector) => (file, vector))
        .ToDictionary(pair => $"{Path.GetFileName(pair.file)}: {pair.vector.GetProperty("name").GetString()}", pair => pair.vector);

    public static TheoryData<string> Vectors => [.. All.Keys];

    [Theory]
    [MemberData(nameof(Vectors))]
    public void A_vector_holds_under_the_strict_rule(string name)
    {
        var vector = All[name];
        var (url, key) = (vector.GetProperty("url").GetString()!, new SigningKey(new(vector.GetProperty("authToken").GetString()!)));
        var signature = vector.GetProperty("signature").GetString();

        var holds = vector.TryGetProperty("body", out var body)
            ? TwilioSignature.IsValidJson(key, url, Encoding.UTF8.GetBytes(body.GetString()!), signature)
            : vector.GetProperty("method").GetString() == "WS"
                ? TwilioSignature.IsValidUpgrade(key, url, signature)
                : TwilioSignature.IsValid(key, url, Form(vector), signature);

        Assert.Equal(vector.GetProperty("expect").GetBoolean(), holds);
    }

    [Fact]
    public void Whatever_Twilio_signs_is_recognised_and_nothing_else() => Prop.ForAll(
        ArbMap.Default.ArbFor<(NonNull<string> Name, NonNull<string> Value)[]>(), fields =>
        {
            const string url = "https://voice.example.com/v1/talk?x=%2F";
            var form = fields.Select(field => KeyValuePair.Create(field.Name.Get, field.Value.Get)).ToList();
            // Longer than any other name, and so no repetition, which would count once.
            var another = string.Concat(form.Select(field => field.Key)) + "~";
            var signature = TwilioSays.Signature("token", url, fields.Select(field => (field.Name.Get, field.Value.Get)));

            return TwilioSignature.IsValid(new(new("token")), url, form, signature)
                && !TwilioSignature.IsValid(new(new("another")), url, form, signature)
                && !TwilioSignature.IsValid(new(new("token")), url, [.. form, new(another, "")], signature);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void One_key_signs_for_many_requests_at_once()
    {
        var key = new SigningKey(new("token"));
        var requests = Enumerable.Range(0, 64).Select(i => $"https://voice.example.com/v1/talk/{i}")
            .Select(url => (Url: url, Signature: TwilioSays.Signature("token", url, []))).ToList();

        Parallel.For(0, 400_000, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i =>
        {
            var (url, signature) = requests[i % requests.Count];
            if (!TwilioSignature.IsValid(key, url, [], signature))
                Assert.Fail($"{url} was signed.");
        });
    }

    private static IEnumerable<string> Files() =>
    [
        Path.Combine(AppContext.BaseDirectory, "signature_vectors.json"),
        .. Environment.GetEnvironmentVariable(FolderOfMore) is { Length: > 0 } folder ? Directory.GetFiles(folder, "*.json") : [],
    ];

    private static List<KeyValuePair<string, string>> Form(JsonElement vector) => vector.TryGetProperty("params", out var fields)
        ?
        [
            .. from field in fields.EnumerateObject()
               from value in field.Value.ValueKind == JsonValueKind.Array ? [.. field.Value.EnumerateArray()] : new[] { field.Value }
               select KeyValuePair.Create(field.Name, value.GetString()!),
        ]
        : [];
}
