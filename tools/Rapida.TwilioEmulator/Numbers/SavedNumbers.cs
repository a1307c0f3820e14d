using System.Text.Json;

namespace Rapida.TwilioEmulator.Numbers;

/// <summary>What was set through REST, in a file that outlives the process.</summary>
/// <param name="path">Null: nothing is kept.</param>
internal sealed class SavedNumbers(string? path)
{
    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true };
    private readonly Lock _writing = new();

    public IReadOnlyCollection<IncomingNumber> Read() =>
        File.Exists(path) ? JsonSerializer.Deserialize<List<IncomingNumber>>(File.ReadAllText(path))! : [];

    public void Write(IncomingNumber number)
    {
        if (path is null)
            return;
        lock (_writing)
        {
            List<IncomingNumber> all = [.. Read().Where(other => other.Sid != number.Sid), number];
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            // Moved into its place whole: a process that ends while it writes loses nothing of before.
            File.WriteAllText(path + ".new", JsonSerializer.Serialize(all, Json));
            File.Move(path + ".new", path, overwrite: true);
        }
    }
}
