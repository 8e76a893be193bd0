using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using TopicGrpc.Engine.Storage;

namespace TopicGrpc.Engine.Archive;

/// <summary>Writes and flushes the files of an archive and records their sizes and hashes.</summary>
internal sealed class ArchiveWriter(string directory, IFileStorage storage, CancellationToken cancellationToken)
{
    // Throws on invalid Unicode, because such a string would be read as another string.
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private readonly List<ArchiveFileEntry> _files = [];

    /// <summary>Files written so far, by name.</summary>
    public IReadOnlyList<ArchiveFileEntry> Files => [.. _files.OrderBy(file => file.Name, StringComparer.Ordinal)];

    public void Write(string name, ReadOnlySpan<float> values, int columns = 1) => WriteArray(name, ElementType.Single, values, columns);

    public void Write(string name, ReadOnlySpan<double> values, int columns = 1) => WriteArray(name, ElementType.Double, values, columns);

    public void Write(string name, ReadOnlySpan<int> values, int columns = 1) => WriteArray(name, ElementType.Int32, values, columns);

    public void Write(string name, ReadOnlySpan<sbyte> values, int columns = 1) => WriteArray(name, ElementType.SByte, values, columns);

    public void Write(string name, IReadOnlyList<string> values)
    {
        int length = ArrayHeader.Length;
        foreach (string value in values)
        {
            length = checked(length + sizeof(int) + Utf8.GetByteCount(value));
        }

        byte[] content = new byte[length];
        new ArrayHeader(ElementType.String, values.Count, 1).Write(content);
        int position = ArrayHeader.Length;
        foreach (string value in values)
        {
            int written = Utf8.GetBytes(value, content.AsSpan(position + sizeof(int)));
            BinaryPrimitives.WriteInt32LittleEndian(content.AsSpan(position), written);
            position += sizeof(int) + written;
        }

        WriteFile(name, content, []);
    }

    public void WriteBytes(string name, ReadOnlySpan<byte> content) => WriteFile(name, content, []);

    private void WriteArray<T>(string name, ElementType type, ReadOnlySpan<T> values, int columns)
        where T : struct
    {
        Span<byte> header = stackalloc byte[ArrayHeader.Length];
        new ArrayHeader(type, columns == 0 ? 0 : values.Length / columns, columns).Write(header);
        WriteFile(name, header, LittleEndian.Bytes(values));
    }

    private void WriteFile(string name, ReadOnlySpan<byte> header, ReadOnlySpan<byte> body)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using IStoredFile file = storage.Open(Path.Combine(directory, name), FileMode.CreateNew, FileAccess.Write);
        file.Write(header, 0);
        if (!body.IsEmpty)
        {
            file.Write(body, header.Length);
        }

        file.Flush();
        hash.AppendData(header);
        hash.AppendData(body);
        _files.Add(new ArchiveFileEntry(name, header.Length + (long)body.Length, Convert.ToHexStringLower(hash.GetHashAndReset())));
    }
}
