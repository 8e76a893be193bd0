using TopicGrpc.Engine.Storage;

namespace TopicGrpc.Engine.Archive.Bertopic;

/// <summary>A range of bytes of a file of tensors.</summary>
/// <param name="Folder">Folder of the file.</param>
/// <param name="File">Name of the file.</param>
/// <param name="Start">Offset of the first byte.</param>
/// <param name="Length">Number of bytes; within the file and below 2³¹.</param>
internal readonly record struct TensorSource(ForeignFolder Folder, string File, long Start, long Length)
{
    private const int BlockValues = 16 << 10;

    /// <summary>Returns a part of the range.</summary>
    public TensorSource Range(long start, long end) => this with { Start = Start + start, Length = end - start };

    /// <summary>Reads little-endian values of a type in blocks.</summary>
    /// <param name="take">Receives each block and the index of its first value.</param>
    /// <exception cref="InvalidDataException">The file became shorter.</exception>
    public void Read<T>(Action<ReadOnlySpan<T>, int> take)
        where T : unmanaged
    {
        var block = new T[BlockValues];
        Span<byte> bytes = LittleEndian.Bytes(block);
        int size = bytes.Length / BlockValues;
        using IStoredFile content = Folder.Open(File, ForeignFolder.MaxTensorBytes);
        for (long place = 0; place < Length; place += bytes.Length)
        {
            int count = (int)Math.Min(bytes.Length, Length - place);
            if (content.Read(bytes[..count], Start + place) < count)
            {
                throw new InvalidDataException($"{File} became shorter during the read.");
            }

            take(block.AsSpan(0, count / size), (int)(place / size));
        }
    }
}
