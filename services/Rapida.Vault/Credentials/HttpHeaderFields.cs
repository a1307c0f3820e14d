using System.Text.Json;
using Rapida.ServiceDefaults.Outgoing;
using Rapida.ServiceDefaults.Problems;

namespace Rapida.Vault.Credentials;

/// <summary>
/// What the credential of a tool holds: one field with all headers, because their names are not those of fields.
/// <c>{"Authorization":"Bearer …","X-Tenant":"7"}</c>
/// </summary>
internal static class HttpHeaderFields
{
    /// <summary>Characters of the field: as many headers as there may be, each as long as it may be, with room for escapes.</summary>
    public const int MaxLength = 100_000;

    private const string Headers = "headers";
    private static readonly JsonSerializerOptions OnceEach = new() { AllowDuplicateProperties = false };

    public static Problem? ProblemOf(IReadOnlyDictionary<string, string> fields)
    {
        if (fields.Count != 1 || !fields.TryGetValue(Headers, out var json) || Parse(json) is not { Count: > 0 and <= TenantHeaders.Most } headers)
            return CredentialProblems.HttpHeadersFields;

        var names = headers.Keys.ToHashSet(StringComparer.OrdinalIgnoreCase);
        if (names.Count < headers.Count || !names.All(TenantHeaders.IsName))
            return CredentialProblems.HeaderNameInvalid;
        if (names.Overlaps(TenantHeaders.NotAllowed))
            return CredentialProblems.HeaderNotAllowed;
        return headers.Values.All(TenantHeaders.IsValue) ? null : CredentialProblems.HeaderValueInvalid;
    }

    private static Dictionary<string, string?>? Parse(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<Dictionary<string, string?>>(json, OnceEach);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
