using TopicGrpc.Tables.Values;

namespace TopicGrpc.Tables.ParquetFiles;

/// <summary>
/// Reads the pages of one column, one at a time, into a buffer that the next page overwrites. Memory is bounded by the largest page,
/// whatever the size of the row group.
/// </summary>
internal sealed class PageSource(Stream file, string column, BufferBudget budget)
{
    private const int FirstHeaderBytes = 1 << 10;
    private const int MaxHeaderBytes = 16 << 20;

    private byte[] _page = [];
    private byte[] _stored = [];
    private byte[] _head = new byte[FirstHeaderBytes];
    private ColumnChunk _chunk = new();
    private long _at;
    private long _end;

    /// <summary>Starts the pages of a row group.</summary>
    /// <exception cref="TableException">The chunk is outside the file, or is encrypted.</exception>
    public void Open(ColumnChunk chunk)
    {
        if (chunk.IsEncrypted)
        {
            throw TableException.InColumn(column, "it is encrypted; write the file without encryption");
        }

        if (chunk.IsElsewhere)
        {
            throw TableException.InColumn(column, "its values are in another file; write one file");
        }

        if (chunk.Start < 0 || chunk.Bytes < 0 || chunk.Start > file.Length - chunk.Bytes)
        {
            throw TableException.InColumn(column, "damaged Parquet file: the values are said to be outside the file");
        }

        _chunk = chunk;
        _at = chunk.Start;
        _end = chunk.Start + chunk.Bytes;
    }

    /// <summary>Reads the next page of the column.</summary>
    /// <returns>The header, and the levels and values; valid until the next page.</returns>
    /// <exception cref="InvalidDataException">The page is damaged.</exception>
    /// <exception cref="NotSupportedException">The codec is not supported.</exception>
    public async ValueTask<(PageHeader Header, ReadOnlyMemory<byte> Data)> NextAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        PageHeader header = await ReadHeaderAsync(cancellationToken);
        if (header.StoredBytes > _end - _at)
        {
            throw PageNumbers.TooShort();
        }

        Grow(ref _page, header.Bytes);
        int levels = header.DefinitionBytes + header.RepetitionBytes;
        bool isCompressed = header.IsCompressed && _chunk.Codec != Codec.None;
        file.Position = _at;
        _at += header.StoredBytes;
        if (!isCompressed)
        {
            if (header.StoredBytes != header.Bytes)
            {
                throw new InvalidDataException("a page has another size than it states");
            }

            await file.ReadExactlyAsync(_page.AsMemory(0, header.Bytes), cancellationToken);
            return (header, _page.AsMemory(0, header.Bytes));
        }

        Grow(ref _stored, header.StoredBytes);
        await file.ReadExactlyAsync(_stored.AsMemory(0, header.StoredBytes), cancellationToken);
        _stored.AsSpan(0, levels).CopyTo(_page);
        Decompression.Decompress(
            _chunk.Codec, _stored.AsMemory(levels, header.StoredBytes - levels), _page.AsSpan(levels, header.Bytes - levels));
        return (header, _page.AsMemory(0, header.Bytes));
    }

    private async ValueTask<PageHeader> ReadHeaderAsync(CancellationToken cancellationToken)
    {
        int wanted = FirstHeaderBytes;
        while (true)
        {
            int count = (int)Math.Min(wanted, _end - _at);
            if (_head.Length < count)
            {
                _head = new byte[count];
            }

            file.Position = _at;
            await file.ReadExactlyAsync(_head.AsMemory(0, count), cancellationToken);
            try
            {
                var header = PageHeader.Read(_head.AsSpan(0, count), out int length);
                _at += length;
                return header;
            }
            catch (EndOfStreamException) when (count == wanted && wanted < MaxHeaderBytes)
            {
                // Statistics with long texts make a header longer.
                wanted *= 4;
            }
        }
    }

    private void Grow(ref byte[] buffer, int bytes)
    {
        if (buffer.Length < bytes)
        {
            budget.Take(bytes - buffer.Length, $"a page of the column \"{column}\"");
            buffer = new byte[bytes];
        }
    }
}
