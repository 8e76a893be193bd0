using System.Diagnostics.CodeAnalysis;
using Microsoft.Win32.SafeHandles;

namespace TopicGrpc.Engine.Storage;

/// <summary>An open file of the file system.</summary>
[SuppressMessage("ApiDesign", "RS0030:Do not use banned APIs", Justification = "The implementation of the storage.")]
internal sealed class DiskFile(SafeFileHandle handle) : IStoredFile
{
    private const int TooLargeError = 27; // EFBIG

    public long Length => RandomAccess.GetLength(handle);

    public int Read(Span<byte> buffer, long offset)
    {
        int done = 0;
        while (done < buffer.Length)
        {
            int read = RandomAccess.Read(handle, buffer[done..], offset + done);
            if (read == 0)
            {
                break;
            }

            done += read;
        }

        return done;
    }

    public void Write(ReadOnlySpan<byte> bytes, long offset)
    {
        try
        {
            RandomAccess.Write(handle, bytes, offset);
        }
        catch (ArgumentOutOfRangeException)
        {
            throw TooLarge();
        }
    }

    public void SetLength(long length)
    {
        try
        {
            RandomAccess.SetLength(handle, length);
        }
        catch (ArgumentOutOfRangeException)
        {
            throw TooLarge();
        }
    }

    public void Flush() => DurableFlush.File(handle);

    public void Dispose() => handle.Dispose();

    /// <summary>.NET reports EFBIG, a limit of the process or the file system, as an invalid argument.</summary>
    private static IOException TooLarge() => new("The file would exceed its size limit.", TooLargeError);
}
