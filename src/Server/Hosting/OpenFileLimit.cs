using System.Runtime.InteropServices;
using TopicGrpc.Server.Errors;

namespace TopicGrpc.Server.Hosting;

/// <summary>
/// The limit of open files. It is checked before anything else: below it the runtime cannot load its own assemblies, and the failure names
/// one of them instead of the limit.
/// </summary>
internal static class OpenFileLimit
{
    private const ulong Least = 256;

    // Files, pipes and event queues of the runtime, and the files that the server opens for a moment.
    private const long Reserve = 192;

    /// <exception cref="StartupException">The limit is too small.</exception>
    public static void Require()
    {
        if (Read() is { } files && files < Least)
        {
            throw new StartupException(FormattableString.Invariant(
                $"The process may open {files} files; the server needs at least {Least}. Raise the limit (ulimit -n)."));
        }
    }

    /// <summary>
    /// Returns how many connections may be open: without a file for the next one, accepting would fail again and again, and documents could
    /// not be opened.
    /// </summary>
    /// <param name="wanted">Connections of the configuration.</param>
    public static long Connections(long wanted) =>
        Read() is { } files ? Math.Clamp((long)Math.Min(files, long.MaxValue) - Reserve, 1, wanted) : wanted;

    /// <summary>Returns how many files the process may open; null if the system does not say.</summary>
    private static ulong? Read()
    {
        int resource = OperatingSystem.IsLinux() ? 7 : 8; // RLIMIT_NOFILE
        bool isKnown = OperatingSystem.IsLinux() || OperatingSystem.IsMacOS();
        return isKnown && Get(resource, out Limit limit) == 0 ? limit.Current : null;
    }

    [DllImport("libc", EntryPoint = "getrlimit")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Get(int resource, out Limit limit);

    [StructLayout(LayoutKind.Sequential)]
    private struct Limit
    {
        public ulong Current;
        public ulong Most;
    }
}
