using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace TopicGrpc.Engine.Storage;

/// <summary>
/// Flushes files and folders to disk and reports every error. On Unix the C library is called: .NET flushes no folders, and
/// <c>RandomAccess.FlushToDisk</c> returns normally when <c>fsync</c> fails (.NET 10.0).
/// </summary>
internal static class DurableFlush
{
    private const int Interrupted = 4; // EINTR
    private const int FullFlush = 51; // F_FULLFSYNC of macOS, whose fsync leaves data in the cache of the disk.

    /// <summary>Flushes the content of a file.</summary>
    /// <exception cref="IOException">The system reports an error.</exception>
    public static void File(SafeFileHandle handle)
    {
        if (OperatingSystem.IsWindows())
        {
            FlushWindows(handle);
            return;
        }

        bool isHeld = false;
        try
        {
            handle.DangerousAddRef(ref isHeld);
            Flush((int)handle.DangerousGetHandle(), "The file", isFile: true);
        }
        finally
        {
            if (isHeld)
            {
                handle.DangerousRelease();
            }
        }
    }

    /// <summary>Flushes the names in a folder. Windows needs no such call.</summary>
    /// <exception cref="IOException">The system reports an error.</exception>
    public static void Folder(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        int descriptor = Open(path, 0);
        if (descriptor < 0)
        {
            throw Failure($"'{path}'");
        }

        try
        {
            Flush(descriptor, $"'{path}'", isFile: false);
        }
        finally
        {
            _ = Close(descriptor);
        }
    }

    private static void Flush(int descriptor, string what, bool isFile)
    {
        // File systems of a network do not know the full flush of macOS; fsync is what they offer.
        if (OperatingSystem.IsMacOS() && Control(descriptor, FullFlush) == 0)
        {
            return;
        }

        // On Linux fdatasync writes content and length, and leaves out the times, which would cost a commit of the journal each.
        bool isContentEnough = isFile && OperatingSystem.IsLinux();
        while ((isContentEnough ? FlushContent(descriptor) : Flush(descriptor)) != 0)
        {
            if (Marshal.GetLastPInvokeError() != Interrupted)
            {
                throw Failure(what);
            }
        }
    }

    [SuppressMessage("ApiDesign", "RS0030:Do not use banned APIs", Justification = "Windows reports the errors of FlushFileBuffers.")]
    private static void FlushWindows(SafeFileHandle handle) => RandomAccess.FlushToDisk(handle);

    private static IOException Failure(string what)
    {
        int error = Marshal.GetLastPInvokeError();
        return new IOException($"{what} could not be flushed to disk: {Marshal.GetPInvokeErrorMessage(error)}", new Win32Exception(error));
    }

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Flush(int descriptor);

    [DllImport("libc", EntryPoint = "fdatasync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int FlushContent(int descriptor);

    [DllImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Control(int descriptor, int command);

    [DllImport("libc", EntryPoint = "close")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Close(int descriptor);
}
