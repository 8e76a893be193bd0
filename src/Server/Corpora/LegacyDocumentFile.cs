using System.Buffers.Binary;
using TopicGrpc.Engine.Storage;

namespace TopicGrpc.Server.Corpora;

/// <summary>
/// Reads document files of format 1: records <c>magic, length, CRC-32C, payload</c> without a header or a mark. Such a file does not say
/// which of its bytes were acknowledged, so only an end that an interrupted write leaves counts as torn.
/// </summary>
internal static class LegacyDocumentFile
{
    private const int HeaderLength = 12;
    private const uint Magic = 0x31434754; // "TGC1"
    private const int MaxPayload = 256 << 20;

    /// <summary>
    /// Bytes that the search for records behind a torn end may check; text can imitate record headers, so a limit is needed.
    /// </summary>
    private const long SearchBudget = 1L << 28;

    /// <summary>Returns whether a file has format 1; an empty file has.</summary>
    public static bool Is(IStoredFile file)
    {
        Span<byte> magic = stackalloc byte[sizeof(uint)];
        int read = file.Read(magic, 0);
        return read == 0 || (read == magic.Length && BinaryPrimitives.ReadUInt32LittleEndian(magic) == Magic);
    }

    /// <summary>Reads every complete record in order.</summary>
    /// <returns>End of the last complete record; what follows is an interrupted write.</returns>
    /// <exception cref="InvalidDataException">The file is damaged before its end.</exception>
    public static long Read(IStoredFile file, Action<byte[]> record)
    {
        long end = file.Length;
        long position = 0;
        long budget = long.MaxValue;
        while (TryRead(file, position, end, ref budget) is { } payload)
        {
            record(payload);
            position += HeaderLength + payload.Length;
        }

        if (position < end)
        {
            RequireTorn(file, position, end);
        }

        return position;
    }

    private static byte[]? TryRead(IStoredFile file, long position, long end, ref long budget)
    {
        Span<byte> header = stackalloc byte[HeaderLength];
        if (end - position < HeaderLength || file.Read(header, position) != HeaderLength)
        {
            return null;
        }

        int length = BinaryPrimitives.ReadInt32LittleEndian(header[4..]);
        if (BinaryPrimitives.ReadUInt32LittleEndian(header) != Magic
            || length is < 0 or > MaxPayload
            || length > end - position - HeaderLength)
        {
            return null;
        }

        budget -= length;
        if (budget < 0)
        {
            throw Damage(position);
        }

        byte[] payload = new byte[length];
        return file.Read(payload, position + HeaderLength) == length
            && Crc32C.Compute(payload) == BinaryPrimitives.ReadUInt32LittleEndian(header[8..])
            ? payload
            : null;
    }

    /// <summary>
    /// An interrupted write leaves the start of a record that is longer than the file. Anything else is damage, and so is a complete
    /// record behind that start.
    /// </summary>
    private static void RequireTorn(IStoredFile file, long from, long end)
    {
        Span<byte> header = stackalloc byte[HeaderLength];
        if (file.Read(header, from) == HeaderLength
            && (BinaryPrimitives.ReadUInt32LittleEndian(header) != Magic
                || BinaryPrimitives.ReadInt32LittleEndian(header[4..]) is < 0 or > MaxPayload
                || BinaryPrimitives.ReadInt32LittleEndian(header[4..]) <= end - from - HeaderLength))
        {
            throw Damage(from);
        }

        long budget = SearchBudget;
        byte[] window = new byte[1 << 16];
        Span<byte> magic = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(magic, Magic);
        for (long start = from + 1; start < end; start += window.Length - magic.Length + 1)
        {
            Span<byte> read = window.AsSpan(0, file.Read(window, start));
            for (int at = read.IndexOf(magic); at >= 0;)
            {
                if (TryRead(file, start + at, end, ref budget) is not null)
                {
                    throw Damage(from);
                }

                int next = read[(at + 1)..].IndexOf(magic);
                at = next < 0 ? -1 : at + 1 + next;
            }
        }
    }

    private static InvalidDataException Damage(long position) => new(FormattableString.Invariant(
        $"the record at byte {position} is damaged, and what follows it may be acknowledged documents. Restore the file from a backup."));
}
