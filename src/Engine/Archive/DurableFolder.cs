using System.ComponentModel;
using System.Runtime.InteropServices;

namespace TopicGrpc.Engine.Archive;

/// <summary>
/// Makes names survive a power cut. After a file is created or renamed its folder has to be flushed too, else the name of a
/// file whose content is safe may be lost; .NET flushes files only, so on Unix the C library does it. Windows needs nothing.
/// </summary>
public static class DurableFolder
{
    /// <summary>Flushes the entries of a folder to disk.</summary>
    /// <param name="directory">The folder.</param>
    /// <exception cref="IOException">The system refused.</exception>
    public static void Flush(string directory)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        int descriptor = Open(directory, 0);
        if (descriptor < 0)
        {
            throw Failure(directory);
        }

        try
        {
            if (Flush(descriptor) != 0)
            {
                throw Failure(directory);
            }
        }
        finally
        {
            _ = Close(descriptor);
        }
    }

    /// <summary>Moves a folder to its final name, which must be free, and makes the move durable.</summary>
    /// <param name="source">The folder.</param>
    /// <param name="destination">Its new name, on the same file system; folders above are made.</param>
    /// <exception cref="IOException">The name is taken, or the system refused.</exception>
    public static void Move(string source, string destination)
    {
        ArgumentNullException.ThrowIfNull(destination);
        string parent =
            Path.GetDirectoryName(Path.GetFullPath(destination)) ?? throw new IOException($"{destination} has no parent folder.");
        Directory.CreateDirectory(parent);
        Directory.Move(source, destination);
        Flush(parent);
    }

    private static IOException Failure(string directory)
    {
        int error = Marshal.GetLastPInvokeError();
        return new IOException(
            $"{directory} could not be flushed to disk: {Marshal.GetPInvokeErrorMessage(error)}", new Win32Exception(error));
    }

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Flush(int descriptor);

    [DllImport("libc", EntryPoint = "close")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Close(int descriptor);
}
