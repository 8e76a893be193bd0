using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace TopicGrpc.Server.Scheduling;

/// <summary>
/// The time that Linux means to let a thread run at a stretch, since 6.12 settable for each. A thread with a long one gets no less, but all
/// others come before it when they wake: its deadline, by which the kernel chooses, is far off, and the rule that lets a thread
/// finish its slice does not hold against one whose slice is shorter. Older kernels take no notice.
/// </summary>
internal static class KernelSlice
{
    // The longest there is.
    private const ulong Nanoseconds = 100_000_000;

    /// <summary>Lengthens the slice of the calling thread.</summary>
    public static void Lengthen()
    {
        // There is no function for it in C libraries before 2025; the numbers are those of the kernel.
        long number = RuntimeInformation.ProcessArchitecture switch
        {
            Architecture.X64 => 314,
            Architecture.Arm64 => 274,
            _ => 0,
        };
        if (number != 0)
        {
            Attributes attributes = new() { Size = (uint)Unsafe.SizeOf<Attributes>(), Niceness = BackgroundThread.Niceness, Runtime = Nanoseconds };
            _ = SetAttributes(number, 0, ref attributes, 0);
        }
    }

    [DllImport("libc", EntryPoint = "syscall")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern long SetAttributes(long number, int thread, ref Attributes attributes, uint flags);

    /// <summary>The kernel's <c>sched_attr</c>, as far as it goes for threads without a deadline.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Attributes
    {
        public uint Size;
        public uint Policy;
        public ulong Flags;
        public int Niceness;
        public uint Priority;
        public ulong Runtime;
        public ulong Deadline;
        public ulong Period;
    }
}
