using System.Buffers.Binary;
using TopicGrpc.Tables.Streams;
using TopicGrpc.Tables.Values;

namespace TopicGrpc.Tables.ArrowStreams;

/// <summary>
/// The messages of an Arrow IPC stream, checked before they are read: the stated sizes of a message, and the end mark of the stream,
/// without which a stream is cut off. The file form is a magic number, then a stream, then an index that is not needed.
/// </summary>
internal sealed class MessageStream(Stream inner, TableLimits limits) : ReadStream
{
    private const int Continuation = -1;
    private const int MagicBytes = 8;

    private byte[] _head = [];
    private int _headAt;
    private long _bodyLeft;
    private bool _isFirst = true;
    private bool _isAtEnd;

    private static ReadOnlySpan<byte> Magic => "ARROW1"u8;

    /// <summary>Returns whether bytes start like the file form of Arrow IPC.</summary>
    public static bool IsFile(ReadOnlySpan<byte> head) => head.StartsWith(Magic);

    /// <exception cref="TableException">A message is too large or damaged, or the stream is cut off.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_headAt == _head.Length && _bodyLeft == 0)
        {
            if (_isAtEnd)
            {
                return 0;
            }

            await StartMessageAsync(cancellationToken);
        }

        if (_headAt < _head.Length)
        {
            int count = Math.Min(buffer.Length, _head.Length - _headAt);
            _head.AsMemory(_headAt, count).CopyTo(buffer);
            _headAt += count;
            return count;
        }

        int read = await inner.ReadAsync(buffer[..(int)Math.Min(buffer.Length, _bodyLeft)], cancellationToken);
        _bodyLeft -= read;
        return read > 0 || buffer.IsEmpty ? read : throw CutOff();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }

    private static TableException CutOff() => new("Arrow data that are cut off: the end mark of the stream is missing");

    private static TableException Damaged() => new("damaged Arrow data: a message cannot be read");

    private async ValueTask StartMessageAsync(CancellationToken cancellationToken)
    {
        byte[] prefix = new byte[MagicBytes];
        await FillAsync(prefix.AsMemory(0, sizeof(int)), cancellationToken);
        if (_isFirst && IsMagicStart(prefix))
        {
            await FillAsync(prefix.AsMemory(sizeof(int)), cancellationToken);
            if (!IsFile(prefix))
            {
                throw new TableException("not Arrow IPC data");
            }

            await FillAsync(prefix.AsMemory(0, sizeof(int)), cancellationToken);
        }

        int length = BinaryPrimitives.ReadInt32LittleEndian(prefix);
        int prefixBytes = sizeof(int);
        if (length == Continuation)
        {
            await FillAsync(prefix.AsMemory(sizeof(int)), cancellationToken);
            length = BinaryPrimitives.ReadInt32LittleEndian(prefix.AsSpan(sizeof(int)));
            prefixBytes = MagicBytes;
        }

        if (length < 0 || length > limits.MetadataBytes)
        {
            throw _isFirst ? new TableException("not Arrow IPC data") : Damaged();
        }

        _isFirst = false;
        _isAtEnd = length == 0;
        _head = new byte[prefixBytes + length];
        _headAt = 0;
        prefix.AsSpan(0, prefixBytes).CopyTo(_head);
        await FillAsync(_head.AsMemory(prefixBytes), cancellationToken);
        _bodyLeft = length == 0 ? 0 : MessageCheck.Check(_head.AsSpan(prefixBytes), limits);
    }

    private static bool IsMagicStart(ReadOnlySpan<byte> prefix) => prefix[..sizeof(int)].SequenceEqual(Magic[..sizeof(int)]);

    private async ValueTask FillAsync(Memory<byte> target, CancellationToken cancellationToken)
    {
        if (await inner.ReadAtLeastAsync(target, target.Length, throwOnEndOfStream: false, cancellationToken) < target.Length)
        {
            throw CutOff();
        }
    }
}
