using System.Runtime.InteropServices;

namespace TopicGrpc.Server.Scheduling;

/// <summary>
/// Threads that take what others leave. .NET ignores thread priorities on Linux, but the kernel has a niceness and a policy for each
/// thread. Lowering needs no privilege, raising again does; so the thread stays low and belongs to nobody else.
/// </summary>
internal static class BackgroundThread
{
    // Nine above the others a thread gets an eighth of what one of them gets on the same core.
    private const int Distance = 9;
    private const int Lowest = 19;
    private const int WhichProcess = 0;
    private const int IdlePolicy = 5;

    /// <summary>Niceness of the calling thread; higher is lower. 0 where the system has none.</summary>
    public static int Niceness => OperatingSystem.IsLinux() ? GetPriority(WhichProcess, 0) : 0;

    /// <summary>Whether the calling thread takes idle time only.</summary>
    public static bool IsIdle => OperatingSystem.IsLinux() && GetScheduler(0) == IdlePolicy;

    /// <summary>Makes a thread that neither delays nor starves; the caller starts it. Threads that it starts are as low as it is.</summary>
    public static Thread Create(Action body, string name) => Create(body, name, Lower);

    /// <summary>
    /// Makes a thread that gives its core up at once to any other that wants it, and gets next to nothing while none is idle. Whoever uses it has
    /// to see that its work gets on nevertheless.
    /// </summary>
    public static Thread CreateIdle(Action body, string name) => Create(body, name, LowerToIdle);

    private static Thread Create(Action body, string name, Action lower) => new(() =>
    {
        lower();
        body();
    })
    {
        IsBackground = true,
        Name = name,
        Priority = ThreadPriority.BelowNormal,
    };

    private static void LowerToIdle()
    {
        int none = 0;
        if (OperatingSystem.IsLinux() && SetScheduler(0, IdlePolicy, ref none) != 0)
        {
            Lower();
        }
    }

    private static void Lower()
    {
        if (OperatingSystem.IsLinux())
        {
            // "0" is the calling thread, not the process. Where a sandbox refuses, the thread only competes as an equal.
            _ = SetPriority(WhichProcess, 0, Math.Min(Lowest, Niceness + Distance));
            KernelSlice.Lengthen();
        }
    }

    [DllImport("libc", EntryPoint = "setpriority")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetPriority(int which, uint who, int niceness);

    [DllImport("libc", EntryPoint = "getpriority")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int GetPriority(int which, uint who);

    [DllImport("libc", EntryPoint = "sched_setscheduler")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetScheduler(int thread, int policy, ref int priority);

    [DllImport("libc", EntryPoint = "sched_getscheduler")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int GetScheduler(int thread);
}
