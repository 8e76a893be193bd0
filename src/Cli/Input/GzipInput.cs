using System.IO.Compression;
using TopicGrpc.Tables.Streams;

namespace TopicGrpc.Cli.Input;

/// <summary>
/// Decompresses gzip data and checks that they are complete. <see cref="GZipStream"/> reports cut-off data as a normal end, so
/// a known member is appended to the data: its content comes out at the end only if every member before it is complete.
/// </summary>
internal sealed class GzipInput : ReadStream
{
    private const string Incomplete = "incomplete gzip data: the file is cut off, or other data follow the compressed data";
    private const string Damaged = "damaged gzip data: a checksum or a compressed block is wrong";

    private static readonly byte[] Mark = [.. "TopicGrpc: end \u0001"u8];
    private static readonly byte[] MarkMember = Compress(Mark);

    private readonly GZipStream _data;
    private readonly byte[] _window = new byte[1 << 16];
    private int _start;
    private int _end;
    private bool _isChecked;

    public GzipInput(Stream compressed)
    {
        _data = new GZipStream(new MarkedStream(compressed), CompressionMode.Decompress);
    }

    /// <summary>Returns whether bytes start like gzip data.</summary>
    public static bool IsGzip(ReadOnlySpan<byte> head) => head is [0x1F, 0x8B, ..];

    /// <exception cref="InvalidDataException">The data are damaged or incomplete.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (!_isChecked && _end - _start <= Mark.Length)
        {
            await FillAsync(cancellationToken);
        }

        int available = _isChecked ? _end - _start : _end - _start - Mark.Length;
        int count = Math.Min(buffer.Length, available);
        _window.AsMemory(_start, count).CopyTo(buffer);
        _start += count;
        return count;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _data.Dispose();
        }

        base.Dispose(disposing);
    }

    private static byte[] Compress(byte[] content)
    {
        using MemoryStream packed = new();
        using (GZipStream gzip = new(packed, CompressionLevel.Fastest))
        {
            gzip.Write(content);
        }

        return packed.ToArray();
    }

    private async ValueTask FillAsync(CancellationToken cancellationToken)
    {
        _window.AsSpan(_start, _end - _start).CopyTo(_window);
        (_start, _end) = (0, _end - _start);
        int read = await ReadDataAsync(cancellationToken);
        _end += read;
        if (read > 0)
        {
            return;
        }

        if (!_window.AsSpan(0, _end).SequenceEqual(Mark))
        {
            throw new InvalidDataException(Incomplete);
        }

        _end = 0;
        _isChecked = true;
    }

    private async ValueTask<int> ReadDataAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await _data.ReadAsync(_window.AsMemory(_end), cancellationToken);
        }
        catch (InvalidDataException e)
        {
            // The text of the exception blames the compression method whatever is wrong.
            throw new InvalidDataException(Damaged + ", or the file is cut off", e);
        }
    }

    /// <summary>The compressed data, then the member of the mark in a read of its own.</summary>
    private sealed class MarkedStream(Stream data) : ReadStream
    {
        private int _markSent = -1;

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (_markSent < 0)
            {
                int read = await data.ReadAsync(buffer, cancellationToken);
                if (read > 0)
                {
                    return read;
                }

                _markSent = 0;
            }

            int count = Math.Min(buffer.Length, MarkMember.Length - _markSent);
            MarkMember.AsMemory(_markSent, count).CopyTo(buffer);
            _markSent += count;
            return count;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                data.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}
