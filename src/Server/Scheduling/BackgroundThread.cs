using System.Runtime.InteropServices;

namespace TopicGrpc.Server.Scheduling;

/// <summary>
/// Threads that take what others leave. .NET ignores thread priorities on Linux, but the kernel has a niceness for each
/// thread: nine above the others a thread gets an eighth of what one of them gets on the same core, so that it neither delays nor starves.
/// Lowering needs no privilege, raising again does; so the thread stays low and belongs to nobody else.
/// </summary>
internal static class BackgroundThread
{
    private const int Distance = 9;
    private const int Lowest = 19;
    private const int WhichProcess = 0;

    /// <summary>Makes a thread; the caller starts it. Threads that it starts are as low as it is.</summary>
    public static Thread Create(Action body, string name) => new(() =>
    {
        Lower();
        body();
    })
    {
        IsBackground = true,
        Name = name,
        Priority = ThreadPriority.BelowNormal,
    };

    /// <summary>Niceness of the calling thread; higher is lower. 0 where the system has none.</summary>
    public static int Current => OperatingSystem.IsLinux() ? GetPriority(WhichProcess, 0) : 0;

    private static void Lower()
    {
        if (OperatingSystem.IsLinux())
        {
            // "0" is the calling thread, not the process. Where a sandbox refuses, the thread only competes as an equal.
            _ = SetPriority(WhichProcess, 0, Math.Min(Lowest, Current + Distance));
        }
    }

    [DllImport("libc", EntryPoint = "setpriority")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetPriority(int which, uint who, int niceness);

    [DllImport("libc", EntryPoint = "getpriority")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int GetPriority(int which, uint who);
}
