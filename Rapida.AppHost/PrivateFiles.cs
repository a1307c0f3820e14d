namespace Rapida.AppHost;

/// <summary>Files and folders that only their owner may read. (On Windows a profile's folder is private already.)</summary>
internal static class PrivateFiles
{
    public static void CreateFolder(string path)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(path);
        else
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    /// <summary>Writes beside and moves, so that neither a reader nor a run cut short is left with half of it.</summary>
    public static void Write(string path, string text)
    {
        var unfinished = path + ".new";
        File.Delete(unfinished);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var writer = new StreamWriter(new FileStream(unfinished, options)))
            writer.Write(text);
        File.Move(unfinished, path, overwrite: true);
    }
}
