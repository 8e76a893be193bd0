using Microsoft.Win32.SafeHandles;

namespace TopicGrpc.Engine.Storage;

/// <summary>An open file of the file system.</summary>
internal sealed class DiskFile(SafeFileHandle handle) : IStoredFile
{
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

    public void Write(ReadOnlySpan<byte> bytes, long offset) => RandomAccess.Write(handle, bytes, offset);

    public void SetLength(long length) => RandomAccess.SetLength(handle, length);

    public void Flush() => DurableFlush.File(handle);

    public void Dispose() => handle.Dispose();
}
