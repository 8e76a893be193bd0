using System.Buffers;
using System.Buffers.Binary;
using System.IO.Pipelines;
using TopicGrpc.Server.Errors;

namespace TopicGrpc.Server.Receiving;

/// <summary>
/// A decompressed message behind gRPC's header, in pooled blocks. The framework decompresses into an array that it doubles again and again:
/// several times the bytes of the message become garbage of the large object heap, which only a full collection reclaims.
/// </summary>
internal sealed class DecompressedMessage : IDisposable
{
    private const int BlockBytes = 64 << 10;

    private readonly List<byte[]> _blocks = [];
    private readonly int _length;

    private DecompressedMessage(ReadOnlySequence<byte> packed, Func<Stream, Stream> decompress, MethodRule rule)
    {
        try
        {
            using Stream compressed = PipeReader.Create(packed).AsStream();
            using Stream content = decompress(compressed);
            _length = Fill(content, MessageCost.HeaderBytes + (long)rule.MaxMessageBytes, rule);
        }
        catch (InvalidDataException)
        {
            Dispose();
            throw CallFault.MessageMalformed(rule.Name);
        }
        catch
        {
            Dispose();
            throw;
        }

        _blocks[0][0] = 0;
        BinaryPrimitives.WriteInt32BigEndian(_blocks[0].AsSpan(1), _length - MessageCost.HeaderBytes);
        Framed = Join();
    }

    /// <summary>Header and message.</summary>
    public ReadOnlySequence<byte> Framed { get; }

    /// <summary>The message.</summary>
    public ReadOnlySequence<byte> Message => Framed.Slice(MessageCost.HeaderBytes);

    /// <summary>Decompresses a message.</summary>
    /// <param name="packed">The compressed message, without header.</param>
    /// <param name="decompress">Opens the compressed stream.</param>
    /// <param name="rule">Method of the message.</param>
    /// <exception cref="ServiceException">The message is larger than its method allows, or damaged.</exception>
    public static DecompressedMessage Of(ReadOnlySequence<byte> packed, Func<Stream, Stream> decompress, MethodRule rule) =>
        new(packed, decompress, rule);

    /// <summary>Returns the blocks to the pool. The message must not be read afterwards.</summary>
    public void Dispose()
    {
        foreach (byte[] block in _blocks)
        {
            ArrayPool<byte>.Shared.Return(block);
        }

        _blocks.Clear();
    }

    private int Fill(Stream content, long maxLength, MethodRule rule)
    {
        int length = MessageCost.HeaderBytes;
        while (true)
        {
            int filled = length % BlockBytes;
            if (filled == 0 || _blocks.Count == 0)
            {
                _blocks.Add(ArrayPool<byte>.Shared.Rent(BlockBytes));
            }

            int count = content.Read(_blocks[^1].AsSpan(filled, BlockBytes - filled));
            length += count;
            if (length > maxLength)
            {
                throw CallFault.MessageTooLarge(rule.Name, rule.MaxMessageBytes);
            }

            if (count == 0)
            {
                return length;
            }
        }
    }

    private ReadOnlySequence<byte> Join()
    {
        Segment? first = null;
        Segment? last = null;
        for (int start = 0, block = 0; start < _length; start += BlockBytes, block++)
        {
            last = new Segment(_blocks[block].AsMemory(0, Math.Min(BlockBytes, _length - start)), last);
            first ??= last;
        }

        return new ReadOnlySequence<byte>(first!, 0, last!, last!.Memory.Length);
    }

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public Segment(ReadOnlyMemory<byte> memory, Segment? before)
        {
            Memory = memory;
            if (before is not null)
            {
                RunningIndex = before.RunningIndex + before.Memory.Length;
                before.Next = this;
            }
        }
    }
}
