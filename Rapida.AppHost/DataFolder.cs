namespace Rapida.AppHost;

/// <summary>
/// Everything that a run keeps: <c>.data</c> beside the solution (or RAPIDA_DATA), readable by its owner only. One run at a time, because the servers'
/// files belong to one server.
/// </summary>
internal sealed class DataFolder
{
    private static FileStream? _lock;
    private readonly string _root;

    private DataFolder(string root) => _root = root;

    /// <summary>Opens <c>.data</c>; ends the process with a sentence when another run has it.</summary>
    public static DataFolder Open(IDistributedApplicationBuilder builder)
    {
        var folder = new DataFolder(System.IO.Path.GetFullPath(
            builder.Configuration["RAPIDA_DATA"] ?? System.IO.Path.Combine(builder.AppHostDirectory, "..", ".data")));
        if (builder.ExecutionContext.IsPublishMode)
            return folder;

        PrivateFiles.CreateFolder(folder._root);
        try
        {
            _lock = new FileStream(folder.Path("lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            Console.Error.WriteLine("Rapida is running already from this checkout. Stop it first, or use another checkout.");
            Environment.Exit(1);
        }

        return folder;
    }

    /// <summary>A file or folder below <c>.data</c>.</summary>
    public string Path(params ReadOnlySpan<string> parts) => System.IO.Path.Combine([_root, .. parts]);

    /// <summary>
    /// The folder of a server. PostgreSQL refuses root, and its user cannot enter a root-only home: as root all servers' files lie in
    /// /var/lib/rapida, where <c>.data/servers</c> leads.
    /// </summary>
    public string ServerPath(string server)
    {
        if (!Environment.IsPrivilegedProcess)
            return Path(server);

        // A name that dies with the link: the secrets beside it are the only ones that fit what the servers keep.
        var link = new DirectoryInfo(Path("servers"));
        if (link.LinkTarget is null)
            link.CreateAsSymbolicLink($"/var/lib/rapida/{Guid.NewGuid():N}");
        return System.IO.Path.Combine(link.LinkTarget!, server);
    }
}
