using System.Runtime.InteropServices;
using TopicGrpc.Server.Errors;

namespace TopicGrpc.Server.Hosting;

/// <summary>
/// Checks the limit of open files before anything else: below it the runtime cannot load its own assemblies, and the failure names one of
/// them instead of the limit.
/// </summary>
internal static class OpenFileLimit
{
    private const ulong Least = 256;

    /// <exception cref="StartupException">The limit is too small.</exception>
    public static void Require()
    {
        int resource = OperatingSystem.IsLinux() ? 7 : 8; // RLIMIT_NOFILE
        bool isKnown = OperatingSystem.IsLinux() || OperatingSystem.IsMacOS();
        if (isKnown && Get(resource, out Limit limit) == 0 && limit.Current < Least)
        {
            throw new StartupException(FormattableString.Invariant(
                $"The process may open {limit.Current} files; the server needs at least {Least}. Raise the limit (ulimit -n)."));
        }
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
