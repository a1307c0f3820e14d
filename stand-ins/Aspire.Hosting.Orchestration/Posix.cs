using System.Runtime.InteropServices;

namespace Aspire.Hosting.Orchestration;

internal static class Posix
{
    public const int SigTerm = 15;
    public const int SigKill = 9;

    private const int SetChildSubreaper = 36;

    /// <summary>Sends a signal to a process, or to a process group when <paramref name="pid"/> is negative; false when there is none.</summary>
    public static bool Signal(int pid, int signal) => kill(pid, signal) == 0;

    public static int ParentId => getppid();

    /// <summary>Makes this process the parent of descendants whose own parent has died, so that none can slip away.</summary>
    public static void AdoptOrphans()
    {
        if (OperatingSystem.IsLinux()) _ = prctl(SetChildSubreaper, 1, 0, 0, 0);
    }

    /// <summary>All live processes below this one, read from /proc; empty where there is none.</summary>
    public static List<int> Descendants()
    {
        var children = new Dictionary<int, List<int>>();
        foreach (var folder in Directory.Exists("/proc") ? Directory.EnumerateDirectories("/proc") : [])
        {
            if (!int.TryParse(Path.GetFileName(folder), out var pid) || ReadParent(folder) is not { } parent) continue;
            if (!children.TryGetValue(parent, out var siblings)) children[parent] = siblings = [];
            siblings.Add(pid);
        }

        List<int> found = [];
        Collect(Environment.ProcessId);
        return found;

        void Collect(int parent)
        {
            foreach (var child in children.GetValueOrDefault(parent, []))
            {
                found.Add(child);
                Collect(child);
            }
        }
    }

    // 4711 (name with (brackets)) S 4700 …: state and parent follow the last bracket. A zombie (Z) is already gone.
    private static int? ReadParent(string folder)
    {
        try
        {
            var stat = File.ReadAllText(folder + "/stat");
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ', 3);
            return fields[0] is "Z" or "X" ? null : int.Parse(fields[1]);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    [DllImport("libc", SetLastError = true)]
    private static extern int kill(int pid, int signal);

    [DllImport("libc")]
    private static extern int getppid();

    [DllImport("libc")]
    private static extern int prctl(int option, nuint arg2, nuint arg3, nuint arg4, nuint arg5);
}
