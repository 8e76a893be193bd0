using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace TopicGrpc.Engine.Archive;

/// <summary>
/// Reads one file of an archive straight into the array it becomes and hashes it there, so that a file is read once and
/// copied never.
/// </summary>
internal static class ArchiveFileReader
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <exception cref="InvalidDataException">The file is missing or not as the manifest says; the message names it.</exception>
    public static ArchivedArray Read(string directory, ArchiveFileEntry entry)
    {
        string path = Path.Combine(directory, entry.Name);
        try
        {
            using SafeFileHandle file = File.OpenHandle(path, options: FileOptions.SequentialScan);
            long length = RandomAccess.GetLength(file);
            if (length != entry.Size)
            {
                throw new InvalidDataException($"{entry.Name} has {length} bytes, the manifest says {entry.Size}.");
            }

            return entry.Name.EndsWith(ArchiveNames.JsonEnding, StringComparison.Ordinal) ? ReadBytes(file, entry) : ReadArray(file, entry);
        }
        catch (FileNotFoundException)
        {
            throw new InvalidDataException($"{entry.Name} is missing.");
        }
    }

    private static ArchivedArray ReadBytes(SafeFileHandle file, ArchiveFileEntry entry)
    {
        byte[] content = new byte[entry.Size];
        Fill(file, content, 0, entry);
        Verify(SHA256.HashData(content), entry);
        return new ArchivedArray(content.Length, 1, content);
    }

    private static ArchivedArray ReadArray(SafeFileHandle file, ArchiveFileEntry entry)
    {
        if (entry.Size < ArrayHeader.Length)
        {
            throw new InvalidDataException($"{entry.Name} is too short for an array.");
        }

        byte[] start = new byte[ArrayHeader.Length];
        Fill(file, start, 0, entry);
        var header = ArrayHeader.Read(start, entry.Name);
        Array values = header.Type switch
        {
            ElementType.Single => ReadNumbers<float>(file, start, header, sizeof(float), entry),
            ElementType.Double => ReadNumbers<double>(file, start, header, sizeof(double), entry),
            ElementType.Int32 => ReadNumbers<int>(file, start, header, sizeof(int), entry),
            _ => ReadStrings(file, start, header, entry),
        };
        return new ArchivedArray((int)header.Rows, (int)header.Columns, values);
    }

    private static T[] ReadNumbers<T>(SafeFileHandle file, byte[] start, ArrayHeader header, int size, ArchiveFileEntry entry)
        where T : struct
    {
        long count = header.Rows * header.Columns;
        if (count > Array.MaxLength || (count * size) + ArrayHeader.Length != entry.Size)
        {
            throw new InvalidDataException($"{entry.Name} has {entry.Size} bytes, which is not the size of its {header.Rows} × {header.Columns} values.");
        }

        T[] values = GC.AllocateUninitializedArray<T>((int)count);
        Span<byte> bytes = LittleEndian.Bytes(values);
        Fill(file, bytes, ArrayHeader.Length, entry);
        VerifyParts(start, bytes, entry);
        return values;
    }

    private static string[] ReadStrings(SafeFileHandle file, byte[] start, ArrayHeader header, ArchiveFileEntry entry)
    {
        byte[] body = GC.AllocateUninitializedArray<byte>(checked((int)(entry.Size - ArrayHeader.Length)));
        Fill(file, body, ArrayHeader.Length, entry);
        VerifyParts(start, body, entry);
        if (header.Rows > body.Length / sizeof(int))
        {
            throw new InvalidDataException($"{entry.Name} is too short for {header.Rows} strings.");
        }

        string[] values = new string[header.Rows];
        ReadOnlySpan<byte> rest = body;
        for (int i = 0; i < values.Length; i++)
        {
            int length = rest.Length < sizeof(int) ? -1 : BinaryPrimitives.ReadInt32LittleEndian(rest);
            if (length < 0 || length > rest.Length - sizeof(int))
            {
                throw new InvalidDataException($"{entry.Name} ends within string {i}.");
            }

            values[i] = Decode(rest.Slice(sizeof(int), length), entry);
            rest = rest[(sizeof(int) + length)..];
        }

        return rest.IsEmpty ? values : throw new InvalidDataException($"{entry.Name} goes on after its last string.");
    }

    private static string Decode(ReadOnlySpan<byte> bytes, ArchiveFileEntry entry)
    {
        try
        {
            return Utf8.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            throw new InvalidDataException($"{entry.Name} holds bytes that are not UTF-8.");
        }
    }

    private static void Fill(SafeFileHandle file, Span<byte> target, long offset, ArchiveFileEntry entry)
    {
        while (!target.IsEmpty)
        {
            int read = RandomAccess.Read(file, target, offset);
            if (read == 0)
            {
                throw new InvalidDataException($"{entry.Name} ended while it was read.");
            }

            offset += read;
            target = target[read..];
        }
    }

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
            throw new InvalidDataException($"{entry.Name} was altered: its SHA-256 is not the one in the manifest.");
        }
    }
}
