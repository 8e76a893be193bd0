using System.Runtime.InteropServices;
using TopicGrpc.Engine.Storage;

namespace TopicGrpc.Testing.Storage;

/// <summary>A scratch file in memory. It ends with the process that created it, whatever was flushed.</summary>
internal sealed class MemoryScratch(MemoryStorage storage, int generation, long length) : IScratchFile
{
    // Pinned: callers keep the address.
    private readonly byte[] _content = GC.AllocateArray<byte>(checked((int)length), pinned: true);

    private bool _isWritten;

    public long Length => _content.Length;

    public nint Address => Marshal.UnsafeAddrOfPinnedArrayElement(_content, 0);

    /// <summary>Only the first write can fail: the failure of any write makes its caller drop the whole file.</summary>
    public void Write(ReadOnlySpan<byte> bytes, long offset)
    {
        byte[] copy = bytes.ToArray();
        if (Interlocked.Exchange(ref _isWritten, true))
        {
            copy.CopyTo(_content, (int)offset);
            return;
        }

        storage.Call(
            generation,
            () => copy.CopyTo(_content, (int)offset),
            () => copy.AsSpan(0, copy.Length / 2).CopyTo(_content.AsSpan((int)offset)));
    }

    public void Dispose()
    {
        // The collector releases the memory.
    }
}
