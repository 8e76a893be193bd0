using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Storage;

namespace TopicGrpc.Engine.Archive;

/// <summary>
/// Copies of the large files of an archive: in native memory, the largest optionally in mapped scratch files, which are not private memory.
/// Both are outside the garbage-collected heap, so loading a version causes no collection, and released at once. Because they are copies, a
/// file that is truncated, damaged or unreadable later does not affect them, while a read of a mapped file of the archive would end the
/// process. Memory that is never disposed stays allocated, because a span into it keeps nothing alive.
/// </summary>
/// <param name="storage">Storage of the scratch files.</param>
/// <param name="scratch">Where scratch files may be created; null for native memory only.</param>
internal sealed class ArchiveMemory(IFileStorage storage, ArchiveScratch? scratch) : IDisposable
{
    /// <summary>The value of <see cref="LeastBytes"/> that the server uses.</summary>
    public const int DefaultLeastBytes = 64 << 10;

    private const int Alignment = 64;
    private const int BufferBytes = 1 << 20;

    private readonly Lock _gate = new();
    private readonly List<nint> _blocks = [];
    private readonly List<IScratchFile> _files = [];

    /// <summary>Smaller files are read into arrays, which stay out of the large-object heap.</summary>
    public required int LeastBytes { get; init; }

    /// <summary>Copies a file and hashes the copied bytes.</summary>
    /// <param name="file">The file.</param>
    /// <param name="length">Its length in bytes.</param>
    /// <param name="hash">SHA-256 of the bytes.</param>
    /// <returns>Address of its first byte; 0 if the file is shorter than <paramref name="length"/>.</returns>
    public nint Read(IStoredFile file, long length, out byte[] hash)
    {
        if (TryCreateScratch(length) is { } target)
        {
            return Copy(file, target, out hash) ? target.Address : 0;
        }

        nint block = Marshal.AllocHGlobal((nint)length + Alignment);
        lock (_gate)
        {
            _blocks.Add(block);
        }

        // Whole cache lines: rows of vectors are read with wide instructions.
        nint address = (block + Alignment - 1) & ~(nint)(Alignment - 1);
        return Fill(file, address, length, out hash) ? address : 0;
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
            _files.ForEach(static file => file.Dispose());
            _files.Clear();
        }
    }

    /// <summary>Creates a scratch file. A disk without room for it is no failure: native memory serves as well.</summary>
    [SuppressMessage("Reliability", "CA2000:Dispose objects before losing scope", Justification = "Disposed with the memory.")]
    private IScratchFile? TryCreateScratch(long length)
    {
        if (scratch is null || length < scratch.LeastBytes || !scratch.HasRoom(length))
        {
            return null;
        }

        try
        {
            IScratchFile file = storage.CreateScratch(scratch.Folder, length);
            lock (_gate)
            {
                _files.Add(file);
            }

            return file;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static bool Copy(IStoredFile file, IScratchFile target, out byte[] hash)
    {
        using var sum = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            long offset = 0;
            while (offset < target.Length)
            {
                Span<byte> part = buffer.AsSpan(0, (int)Math.Min(buffer.Length, target.Length - offset));
                if (file.Read(part, offset) != part.Length)
                {
                    break;
                }

                target.Write(part, offset);
                sum.AppendData(part);
                offset += part.Length;
            }

            hash = sum.GetHashAndReset();
            return offset == target.Length;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static bool Fill(IStoredFile file, nint address, long length, out byte[] hash)
    {
        using var sum = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        long offset = 0;
        while (offset < length)
        {
            Span<byte> part = NativeValues<byte>.Of(address + (nint)offset, (int)Math.Min(BufferBytes, length - offset)).Span;
            if (file.Read(part, offset) != part.Length)
            {
                break;
            }

            sum.AppendData(part);
            offset += part.Length;
        }

        hash = sum.GetHashAndReset();
        return offset == length;
    }
}
