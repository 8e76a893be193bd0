using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace TopicGrpc.Server.Scheduling;

/// <summary>
/// Per-thread scheduler slice (Linux 6.12 or newer; older kernels ignore it). A thread with a long slice gets the same share of CPU, but
/// every thread that wakes preempts it: the kernel picks the earliest virtual deadline, a long slice has a late one, and a running slice is
/// not protected against a shorter one.
/// </summary>
internal static class KernelSlice
{
    // The maximum of the kernel.
    private const ulong Nanoseconds = 100_000_000;

    /// <summary>Lengthens the slice of the calling thread.</summary>
    public static void Lengthen()
    {
        // C libraries before 2025 have no function for this system call; the numbers are those of the kernel.
        long number = RuntimeInformation.ProcessArchitecture switch
        {
            Architecture.X64 => 314,
            Architecture.Arm64 => 274,
            _ => 0,
        };
        if (number != 0)
        {
            Attributes attributes = new()
            {
                Size = (uint)Unsafe.SizeOf<Attributes>(),
                Niceness = BackgroundThread.Niceness,
                Runtime = Nanoseconds,
            };
            _ = SetAttributes(number, 0, ref attributes, 0);
        }
    }

    [DllImport("libc", EntryPoint = "syscall")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern long SetAttributes(long number, int thread, ref Attributes attributes, uint flags);

    /// <summary>The kernel's <c>sched_attr</c>, first version.</summary>
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
