using System.Text;
using Microsoft.Win32.SafeHandles;

namespace TopicGrpc.Server.Hosting;

/// <summary>The error output of the process, for the last line of a server that does not start.</summary>
internal static class StandardError
{
    private const int Descriptor = 2;

    /// <summary>Writes a line.</summary>
    /// <param name="line">Text without line break.</param>
    public static void WriteLine(string line)
    {
        if (OperatingSystem.IsWindows())
        {
            Console.Error.WriteLine(line);
            return;
        }

        // The console opens other descriptors before its first write, which fails at the limit of open files.
        using SafeFileHandle handle = new(Descriptor, ownsHandle: false);
#pragma warning disable RS0030 // A descriptor of the process is no file of the server.
        using FileStream stream = new(handle, FileAccess.Write, bufferSize: 1);
        stream.Write(Encoding.UTF8.GetBytes(line + Environment.NewLine));
#pragma warning restore RS0030
    }
}
