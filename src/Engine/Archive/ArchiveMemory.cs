using System.Runtime.InteropServices;
using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Storage;

namespace TopicGrpc.Engine.Archive;

/// <summary>
/// Native memory with the large files of an archive. It is outside the garbage-collected heap, so loading a version causes no collection,
/// and released at once. It is a copy: a file that is truncated, damaged or unreadable later does not affect it, while a read of a mapped
/// file would end the process. Memory that is never disposed stays allocated, because a span into it keeps nothing alive.
/// </summary>
internal sealed class ArchiveMemory : IDisposable
{
    /// <summary>The value of <see cref="LeastBytes"/> that the server uses.</summary>
    public const int DefaultLeastBytes = 64 << 10;

    private const int Alignment = 64;

    private readonly Lock _gate = new();
    private readonly List<nint> _blocks = [];

    /// <summary>Smaller files are read into arrays, which stay out of the large-object heap.</summary>
    public required int LeastBytes { get; init; }

    /// <summary>Copies a file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="length">Its length in bytes.</param>
    /// <returns>Address of its first byte; 0 if the file is shorter than <paramref name="length"/>.</returns>
    public nint Read(IStoredFile file, int length)
    {
        nint block = Marshal.AllocHGlobal((nint)length + Alignment);
        lock (_gate)
        {
            _blocks.Add(block);
        }

        // Whole cache lines: rows of vectors are read with wide instructions.
        nint address = (block + Alignment - 1) & ~(nint)(Alignment - 1);
        return file.Read(NativeValues<byte>.Of(address, length).Span, 0) == length ? address : 0;
    }

    /// <summary>Releases the memory. No thread may use the model any more.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            foreach (nint block in _blocks)
            {
                Marshal.FreeHGlobal(block);
            }

            _blocks.Clear();
        }
    }
}
