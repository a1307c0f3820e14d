namespace Rapida.Call;

/// <summary>The words of the default caller, by the names of the package's prompts.</summary>
internal static class DefaultCaller
{
    private const string Folder = "/usr/share/asterisk/sounds/en_US_f_Allison";

    /// <summary>What is said, piece by piece.</summary>
    public static readonly IReadOnlyList<IReadOnlyList<string>> Pieces =
    [
        ["digits/day-5", "digits/at", "digits/9", "digits/15"],
        ["digits/4", "digits/1", "digits/6", "digits/2", "digits/7", "digits/8", "digits/1", "digits/2", "digits/3", "digits/4"],
        ["digits/1"],
    ];

    /// <summary>What should be understood.</summary>
    public static readonly IReadOnlyDictionary<string, string> Values = new Dictionary<string, string>
    {
        ["day"] = "friday",
        ["time"] = "09:15",
        ["digits"] = "4162781234",
    };

    public static string PathOf(string prompt)
    {
        var path = Path.Combine(Folder, prompt + ".wav");
        return File.Exists(path) ? path : throw new CallFailedException("The recorded caller is missing: run make prerequisites.");
    }
}
