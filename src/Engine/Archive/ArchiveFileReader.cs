using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Storage;

namespace TopicGrpc.Engine.Archive;

/// <summary>
/// Reads one file of an archive directly into its final array or native memory and hashes it there. Each file is read once and never
/// copied.
/// </summary>
internal static class ArchiveFileReader
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <exception cref="InvalidDataException">The file is missing or differs from the manifest. The message names it.</exception>
    public static ArchivedArray Read(string directory, ArchiveFileEntry entry, IFileStorage storage, ArchiveMemory? memory)
    {
        string path = Path.Combine(directory, entry.Name);
        try
        {
            using IStoredFile file = storage.Open(path, FileMode.Open, FileAccess.Read);
            long length = file.Length;
            if (length != entry.Size)
            {
                throw new InvalidDataException($"{entry.Name} has {length} bytes; the manifest lists {entry.Size}.");
            }

            if (entry.Name.EndsWith(ArchiveNames.JsonEnding, StringComparison.Ordinal))
            {
                return ReadBytes(file, entry);
            }

            return memory is not null && entry.Size >= Math.Max(ArrayHeader.Length, memory.LeastBytes)
                ? CopyArray(memory.Read(file, entry.Size, out byte[] hash), hash, entry)
                : ReadArray(file, entry, memory is not null);
        }
        catch (FileNotFoundException)
        {
            throw new InvalidDataException($"{entry.Name} is missing.");
        }
    }

    private static ArchivedArray ReadBytes(IStoredFile file, ArchiveFileEntry entry)
    {
        byte[] content = new byte[entry.Size];
        Fill(file, content, 0, entry);
        Verify(SHA256.HashData(content), entry);
        return new ArchivedArray(entry.Name, content.Length, 1, content);
    }

    private static ArchivedArray CopyArray(nint address, byte[] hash, ArchiveFileEntry entry)
    {
        if (address == 0)
        {
            throw EndedEarly(entry);
        }

        Verify(hash, entry);
        var header = ArrayHeader.Read(NativeValues<byte>.Of(address, ArrayHeader.Length).Span, entry.Name);
        if (header.Type == ElementType.String)
        {
            Memory<byte> body = NativeValues<byte>.Of(address + ArrayHeader.Length, checked((int)(entry.Size - ArrayHeader.Length)));
            return ReadStrings(body, header, entry, later: true);
        }

        CheckSize(header, entry);
        return new ArchivedArray(entry.Name, header, address + ArrayHeader.Length);
    }

    private static ArchivedArray ReadArray(IStoredFile file, ArchiveFileEntry entry, bool later)
    {
        if (entry.Size < ArrayHeader.Length)
        {
            throw new InvalidDataException($"{entry.Name} has {entry.Size} bytes, fewer than the header of an array.");
        }

        byte[] start = new byte[ArrayHeader.Length];
        Fill(file, start, 0, entry);
        var header = ArrayHeader.Read(start, entry.Name);
        if (header.Type == ElementType.String)
        {
            byte[] body = GC.AllocateUninitializedArray<byte>(checked((int)(entry.Size - ArrayHeader.Length)));
            Fill(file, body, ArrayHeader.Length, entry);
            VerifyParts(start, body, entry);
            return ReadStrings(body, header, entry, later);
        }

        CheckSize(header, entry);
        Array values = header.Type switch
        {
            ElementType.Single => ReadNumbers<float>(file, start, header, entry),
            ElementType.Double => ReadNumbers<double>(file, start, header, entry),
            ElementType.Int32 => ReadNumbers<int>(file, start, header, entry),
            _ => ReadNumbers<sbyte>(file, start, header, entry),
        };
        return new ArchivedArray(entry.Name, header.Rows, header.Columns, values);
    }

    private static void CheckSize(ArrayHeader header, ArchiveFileEntry entry)
    {
        int size = header.Type switch
        {
            ElementType.Double => sizeof(double),
            ElementType.SByte => sizeof(sbyte),
            _ => sizeof(int),
        };
        long count = header.Rows * header.Columns;
        if (count > Array.MaxLength || (count * size) + ArrayHeader.Length != entry.Size)
        {
            throw new InvalidDataException($"{entry.Name} has {entry.Size} bytes, which is not the size of {header.Rows} × "
                + $"{header.Columns} values.");
        }
    }

    private static T[] ReadNumbers<T>(IStoredFile file, byte[] start, ArrayHeader header, ArchiveFileEntry entry)
        where T : struct
    {
        T[] values = GC.AllocateUninitializedArray<T>((int)(header.Rows * header.Columns));
        Span<byte> bytes = LittleEndian.Bytes(values);
        Fill(file, bytes, ArrayHeader.Length, entry);
        VerifyParts(start, bytes, entry);
        return values;
    }

    private static ArchivedArray ReadStrings(ReadOnlyMemory<byte> body, ArrayHeader header, ArchiveFileEntry entry, bool later)
    {
        CheckStrings(body.Span, header.Rows, entry);
        LazyStrings strings = new((int)header.Rows, () => Decode(body.Span, (int)header.Rows, entry));
        if (!later)
        {
            strings.Read();
        }

        return new ArchivedArray(entry.Name, header.Rows, header.Columns, strings);
    }

    private static void CheckStrings(ReadOnlySpan<byte> rest, long count, ArchiveFileEntry entry)
    {
        if (count > rest.Length / sizeof(int))
        {
            throw new InvalidDataException($"{entry.Name} is too short for {count} strings.");
        }

        for (int i = 0; i < count; i++)
        {
            int length = rest.Length < sizeof(int) ? -1 : BinaryPrimitives.ReadInt32LittleEndian(rest);
            if (length < 0 || length > rest.Length - sizeof(int))
            {
                throw new InvalidDataException($"{entry.Name} ends inside string {i}.");
            }

            rest = rest[(sizeof(int) + length)..];
        }

        if (!rest.IsEmpty)
        {
            throw new InvalidDataException($"{entry.Name} has bytes after its last string.");
        }
    }

    private static string[] Decode(ReadOnlySpan<byte> rest, int count, ArchiveFileEntry entry)
    {
        string[] values = new string[count];
        for (int i = 0; i < values.Length; i++)
        {
            int length = BinaryPrimitives.ReadInt32LittleEndian(rest);
            values[i] = Decode(rest.Slice(sizeof(int), length), entry);
            rest = rest[(sizeof(int) + length)..];
        }

        return values;
    }

    private static string Decode(ReadOnlySpan<byte> bytes, ArchiveFileEntry entry)
    {
        try
        {
            return Utf8.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            throw new InvalidDataException($"{entry.Name} contains a string that is not valid UTF-8.");
        }
    }

    private static void Fill(IStoredFile file, Span<byte> target, long offset, ArchiveFileEntry entry)
    {
        if (file.Read(target, offset) != target.Length)
        {
            throw EndedEarly(entry);
        }
    }

    private static InvalidDataException EndedEarly(ArchiveFileEntry entry) => new($"{entry.Name} became shorter during the read.");

    private static void VerifyParts(ReadOnlySpan<byte> start, ReadOnlySpan<byte> body, ArchiveFileEntry entry)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(start);
        hash.AppendData(body);
        Verify(hash.GetHashAndReset(), entry);
    }

    private static void Verify(byte[] hash, ArchiveFileEntry entry)
    {
        if (!string.Equals(Convert.ToHexStringLower(hash), entry.Sha256, StringComparison.OrdinalIgnoreCase))
        {
            throw new InvalidDataException($"{entry.Name} was altered: its SHA-256 differs from the manifest.");
        }
    }
}
