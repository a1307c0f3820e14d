using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace Rapida.CallControl.Calls;

/// <summary>An assistant's id as it stands in URLs and bodies: a number, random, of 15 digits where we made it.</summary>
internal static partial class AssistantIdText
{
    public static bool IsOne([NotNullWhen(true)] string? text) => text is not null && Digits().IsMatch(text);

    [GeneratedRegex(@"^[1-9][0-9]{5,17}\z")]
    private static partial Regex Digits();
}
