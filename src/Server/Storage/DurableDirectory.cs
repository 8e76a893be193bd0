using System.ComponentModel;
using System.Runtime.InteropServices;

namespace TopicGrpc.Server.Storage;

/// <summary>
/// Makes names durable. After a file is created or renamed its folder has to be flushed too, else a power cut may lose
/// the name of a file whose content is safe; .NET has no call for that, and Windows needs none.
/// </summary>
internal static class DurableDirectory
{
    /// <summary>Flushes the entries of a folder to disk.</summary>
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
            if (Sync(descriptor) != 0)
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
    public static void Move(string source, string destination)
    {
        string parent = Path.GetDirectoryName(destination)!;
        Directory.CreateDirectory(parent);
        Directory.Move(source, destination);
        Flush(parent);
    }

    private static IOException Failure(string directory) =>
        new($"The folder '{directory}' could not be flushed to disk.", new Win32Exception(Marshal.GetLastPInvokeError()));

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Sync(int descriptor);

    [DllImport("libc", EntryPoint = "close")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Close(int descriptor);
}
