using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace TopicGrpc.Testing;

/// <summary>A small file system in memory that a test can fill. Only Linux as root can mount one.</summary>
public sealed class SmallDisk : IDisposable
{
    private readonly TempFolder _mountPoint = new();
    private readonly string _filler;

    private SmallDisk() => _filler = System.IO.Path.Combine(_mountPoint.Path, "filler");

    /// <summary>Path of the file system.</summary>
    public string Path => _mountPoint.Path;

    /// <summary>Mounts a file system.</summary>
    /// <param name="megabytes">Its size.</param>
    /// <returns>Null where that is not possible.</returns>
    [SuppressMessage("Reliability", "CA2000:Dispose objects before losing scope", Justification = "The caller disposes it.")]
    public static SmallDisk? TryMount(int megabytes)
    {
        SmallDisk disk = new();
        string size = string.Create(CultureInfo.InvariantCulture, $"size={megabytes}m");
        if (OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess && Run("mount", "-t", "tmpfs", "-o", size, "tmpfs", disk.Path))
        {
            return disk;
        }

        disk.Dispose();
        return null;
    }

    /// <summary>Writes a file that leaves no byte free.</summary>
    public void Fill()
    {
        byte[] block = new byte[1 << 16];
        using FileStream file = new(_filler, FileMode.Append, FileAccess.Write, FileShare.None, bufferSize: 0);
        for (int size = block.Length; size > 0;)
        {
            try
            {
                file.Write(block, 0, size);
            }
            catch (IOException)
            {
                size /= 2;
            }
        }
    }

    /// <summary>Deletes what <see cref="Fill"/> has written.</summary>
    public void Free() => File.Delete(_filler);

    /// <summary>Makes the file system read-only.</summary>
    /// <returns>Whether that succeeded.</returns>
    public bool MakeReadOnly() => Run("mount", "-o", "remount,ro", _mountPoint.Path);

    /// <inheritdoc/>
    public void Dispose()
    {
        Run("umount", "-l", _mountPoint.Path);
        _mountPoint.Dispose();
    }

    private static bool Run(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
            process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
