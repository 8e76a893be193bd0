using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;
using TopicGrpc.Engine.Archive;

namespace TopicGrpc.Server.Corpora;

/// <summary>
/// Append-only file of records, each <c>magic, length, CRC-32C, payload</c>, all numbers little-endian. Only complete records count; the
/// next opening removes an incomplete record that a crash left at the end. Not thread-safe.
/// </summary>
internal sealed class DocumentFile : IDisposable
{
    private const int HeaderLength = 12;
    private const uint Magic = 0x31434754; // "TGC1"
    private const int MaxPayload = 256 << 20;

    private readonly SafeFileHandle _handle;

    private DocumentFile(SafeFileHandle handle, long length)
    {
        _handle = handle;
        Length = length;
    }

    /// <summary>Bytes of complete records.</summary>
    public long Length { get; private set; }

    /// <summary>Bytes of an incomplete record that were removed at opening.</summary>
    public long TornBytes { get; private init; }

    /// <summary>Opens or creates the file and passes every complete record to a callback, in order.</summary>
    /// <exception cref="InvalidDataException">
    /// A damaged record precedes complete records, so it is no torn tail. The file is unchanged.
    /// </exception>
    public static DocumentFile Open(string path, Action<byte[]> record)
    {
        bool isNew = !File.Exists(path);
        SafeFileHandle handle = File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
        try
        {
            if (isNew)
            {
                DurableFolder.Flush(Path.GetDirectoryName(path)!);
            }

            long end = Scan(handle, record);
            long torn = RandomAccess.GetLength(handle) - end;
            if (torn > 0)
            {
                RequireNothingBehind(handle, end);
                RandomAccess.SetLength(handle, end);
                RandomAccess.FlushToDisk(handle);
            }

            return new DocumentFile(handle, end) { TornBytes = torn };
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    /// <summary>Reads the records of a file up to a length that ends a complete record. Another handle may append to the file.</summary>
    public static void Read(string path, long length, Action<byte[]> record)
    {
        using SafeFileHandle handle = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        if (Scan(handle, record, length) != length)
        {
            throw new InvalidDataException($"'{path}' has a damaged record before byte {length}.");
        }
    }

    /// <summary>Appends records and returns when they are durable. After an exception the file must be opened again.</summary>
    public void Append(IReadOnlyList<byte[]> payloads)
    {
        long position = Length;
        foreach (byte[] payload in payloads)
        {
            byte[] header = new byte[HeaderLength];
            BinaryPrimitives.WriteUInt32LittleEndian(header, Magic);
            BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(4), payload.Length);
            BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(8), Crc32C.Compute(payload));
            RandomAccess.Write(_handle, [header, payload], position);
            position += HeaderLength + payload.Length;
        }

        RandomAccess.FlushToDisk(_handle);
        Length = position;
    }

    /// <inheritdoc/>
    public void Dispose() => _handle.Dispose();

    private static long Scan(SafeFileHandle handle, Action<byte[]> record, long length = long.MaxValue)
    {
        long end = Math.Min(length, RandomAccess.GetLength(handle));
        long position = 0;
        while (TryRead(handle, position, end) is { } payload)
        {
            record(payload);
            position += HeaderLength + payload.Length;
        }

        return position;
    }

    private static byte[]? TryRead(SafeFileHandle handle, long position, long end)
    {
        Span<byte> header = stackalloc byte[HeaderLength];
        if (end - position < HeaderLength || RandomAccess.Read(handle, header, position) != HeaderLength)
        {
            return null;
        }

        int payloadLength = BinaryPrimitives.ReadInt32LittleEndian(header[4..]);
        bool isPossible = payloadLength is >= 0 and <= MaxPayload && payloadLength <= end - position - HeaderLength;
        if (BinaryPrimitives.ReadUInt32LittleEndian(header) != Magic || !isPossible)
        {
            return null;
        }

        byte[] payload = new byte[payloadLength];
        int done = 0;
        while (done < payload.Length)
        {
            int read = RandomAccess.Read(handle, payload.AsSpan(done), position + HeaderLength + done);
            if (read == 0)
            {
                return null;
            }

            done += read;
        }

        return Crc32C.Compute(payload) == BinaryPrimitives.ReadUInt32LittleEndian(header[8..]) ? payload : null;
    }

    /// <summary>
    /// Throws if a complete record follows a damaged one: then the damage is no torn tail, and truncation would lose acknowledged
    /// documents.
    /// </summary>
    private static void RequireNothingBehind(SafeFileHandle handle, long from)
    {
        long end = RandomAccess.GetLength(handle);
        byte[] window = new byte[1 << 16];
        Span<byte> magic = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(magic, Magic);
        for (long start = from + 1; start < end; start += window.Length - magic.Length + 1)
        {
            Span<byte> read = window.AsSpan(0, RandomAccess.Read(handle, window, start));
            for (int at = read.IndexOf(magic); at >= 0;)
            {
                if (TryRead(handle, start + at, end) is not null)
                {
                    throw new InvalidDataException($"the record at byte {from} is damaged, and complete records follow it.");
                }

                int next = read[(at + 1)..].IndexOf(magic);
                at = next < 0 ? -1 : at + 1 + next;
            }
        }
    }
}
