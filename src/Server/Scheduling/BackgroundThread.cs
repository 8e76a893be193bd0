using System.Diagnostics;
using System.Runtime.InteropServices;

namespace TopicGrpc.Server.Scheduling;

/// <summary>
/// Creates low-priority threads. .NET ignores thread priorities on Linux, but the kernel has a niceness and a scheduling policy per thread.
/// Lowering needs no privilege, raising does; so the thread keeps its low priority and is never a pool thread.
/// </summary>
internal static class BackgroundThread
{
    // With a niceness of nine more, a thread gets an eighth of the CPU time of a normal thread on the same core.
    private const int Distance = 9;
    private const int Lowest = 19;
    private const int WhichProcess = 0;
    private const int IdlePolicy = 5;

    /// <summary>Niceness of the calling thread; a higher niceness is a lower priority. 0 on systems without niceness.</summary>
    public static int Niceness => OperatingSystem.IsLinux() ? GetPriority(WhichProcess, 0) : 0;

    /// <summary>Whether the calling thread uses idle CPU only.</summary>
    public static bool IsIdle => OperatingSystem.IsLinux() && GetScheduler(0) == IdlePolicy;

    /// <summary>
    /// Creates a thread of low priority that does not starve; the caller starts it. Threads that it starts inherit the priority.
    /// </summary>
    public static Thread Create(Action body, string name) => Create(body, name, Lower);

    /// <summary>
    /// Creates a thread that uses idle CPU only: any other thread preempts it at once, and it can starve. The caller must ensure that its
    /// work advances nevertheless.
    /// </summary>
    public static Thread CreateIdle(Action body, string name) => Create(body, name, LowerToIdle);

    /// <summary>Waits until all threads have ended, at most for a limit.</summary>
    /// <returns>Whether all have ended.</returns>
    public static bool Join(IEnumerable<Thread> threads, TimeSpan limit)
    {
        long started = Stopwatch.GetTimestamp();
        return threads.All(thread =>
        {
            TimeSpan left = limit - Stopwatch.GetElapsedTime(started);
            return thread.Join(left > TimeSpan.Zero ? left : TimeSpan.Zero);
        });
    }

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
            // 0 is the calling thread, not the process. If a sandbox denies the call, the thread keeps normal priority.
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
