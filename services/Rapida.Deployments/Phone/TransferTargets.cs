using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Rapida.ServiceDefaults.Privacy;
using Rapida.ServiceDefaults.Problems;

namespace Rapida.Deployments.Phone;

/// <summary>The numbers that a call may be transferred to, and no others, by the names that the model knows them by.</summary>
internal static class TransferTargets
{
    public const int Most = 32;
    public const int MaxName = 50;

    public static Result<Dictionary<string, string>> Parse(IReadOnlyDictionary<string, string>? targets)
    {
        if (targets is null)
            return new Dictionary<string, string>();
        if (targets.Count > Most)
            return PhoneProblems.TooManyTransferTargets;

        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, number) in targets)
        {
            if (string.IsNullOrWhiteSpace(name) || name.Length > MaxName || name.Any(char.IsControl) || !names.Add(name))
                return PhoneProblems.TransferTargetNameInvalid;
            if (!PhoneNumber.TryParse(number, out _))
                return PhoneProblems.TransferTargetInvalid(name);
        }

        return new Dictionary<string, string>(targets);
    }

    /// <summary>One column of JSON: it is read and written whole, and never changed.</summary>
    public static void AreTransferTargets(this PropertyBuilder<IReadOnlyDictionary<string, string>> property) => property
        .HasColumnType("jsonb")
        .HasDefaultValueSql("'{}'")
        .HasConversion(
            targets => JsonSerializer.Serialize(targets, JsonSerializerOptions.Default),
            json => JsonSerializer.Deserialize<IReadOnlyDictionary<string, string>>(json, JsonSerializerOptions.Default)!,
            new ValueComparer<IReadOnlyDictionary<string, string>>((one, other) => ReferenceEquals(one, other), targets => targets.Count));
}
