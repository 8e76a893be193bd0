using System.Runtime.InteropServices;

namespace TopicGrpc.Server.Hosting;

/// <summary>
/// Ignores SIGXFSZ, which ends a process that exceeds the limit of a file's size (<c>ulimit -f</c>). The write then fails with EFBIG, which
/// is reported as a full disk.
/// </summary>
internal static class FileSizeSignal
{
    private const int Number = 25; // SIGXFSZ of Linux and macOS
    private const nint Ignored = 1; // SIG_IGN

    public static void Ignore()
    {
        if (OperatingSystem.IsLinux() || OperatingSystem.IsMacOS())
        {
            _ = Signal(Number, Ignored);
        }
    }

    [DllImport("libc", EntryPoint = "signal")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint Signal(int number, nint handler);
}
