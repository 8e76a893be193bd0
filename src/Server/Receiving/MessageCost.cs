using System.Buffers;
using System.Buffers.Binary;
using Microsoft.Extensions.Options;
using TopicGrpc.Server.Errors;
using TopicGrpc.Server.Hosting;
using TopicGrpc.Shared.Limits;

namespace TopicGrpc.Server.Receiving;

/// <summary>
/// Memory that a message takes from its arrival to the end of its call. Messages of more than 16 KiB are scanned for it before they are
/// parsed; the objects of a smaller one take less than a megabyte.
/// </summary>
internal sealed class MessageCost(IOptions<ServerOptions> server, IOptions<ReceivingOptions> receiving)
{
    /// <summary>Bytes of the header of a message: whether it is compressed, and its length.</summary>
    public const int HeaderBytes = 5;

    // Bytes of the largest message that is not scanned.
    private const int MinScannedBytes = 16 << 10;

    // A vocabulary of a million words, the largest list of short strings that the contract allows, takes about seven times its bytes.
    private const long MaxParsedFactor = 8;

    private readonly long _maxParsed = MaxParsedFactor * server.Value.MaxMessageBytes;

    // A message that needs more than half of the budget is received alone; otherwise it could never be received.
    private readonly long _maxCharge = receiving.Value.MaxBytes / 2;

    /// <summary>
    /// Looks at the start of a buffer. gRPC takes whole messages only, so the buffer always starts with a header; a body of HTTP has none.
    /// </summary>
    /// <exception cref="ServiceException">The message is too large, or as in <see cref="Of"/>.</exception>
    public IncomingMessage Look(in ReadOnlySequence<byte> buffer, MethodRule rule)
    {
        if (!rule.IsFramed)
        {
            RequireSize(rule.IsStream ? 0 : buffer.Length, rule);
            return default;
        }

        if (buffer.Length < HeaderBytes)
        {
            return default;
        }

        Span<byte> header = stackalloc byte[HeaderBytes];
        buffer.Slice(0, HeaderBytes).CopyTo(header);
        long size = BinaryPrimitives.ReadUInt32BigEndian(header[1..]);
        RequireSize(size, rule);
        if (buffer.Length < HeaderBytes + size)
        {
            return default;
        }

        bool isCompressed = header[0] == 1;
        return new IncomingMessage(
            IsComplete: true,
            isCompressed,
            size,
            isCompressed ? OfCompressed(rule) : Of(buffer.Slice(HeaderBytes, size), rule) - size);
    }

    /// <summary>Returns the bytes to acquire for a message.</summary>
    /// <param name="message">The message, decompressed.</param>
    /// <param name="rule">Its method.</param>
    /// <exception cref="ServiceException">A list is longer than the contract allows, or the objects take too much memory.</exception>
    public long Of(in ReadOnlySequence<byte> message, MethodRule rule)
    {
        if (rule.Request is null || message.Length <= MinScannedBytes)
        {
            return message.Length;
        }

        (long bytes, ViolationList? violations) = MessageScan.Run(message, rule.Request);
        if (violations is not null)
        {
            throw Fault.InvalidFields(violations);
        }

        return bytes <= _maxParsed
            ? Math.Min(Math.Max(bytes, message.Length), _maxCharge)
            : throw CallFault.MessageTooComplex(rule.Name, _maxParsed, bytes);
    }

    private static void RequireSize(long size, MethodRule rule)
    {
        if (size > rule.MaxMessageBytes)
        {
            throw CallFault.MessageTooLarge(rule.Name, rule.MaxMessageBytes, size);
        }
    }

    /// <summary>Returns the bytes to acquire for a compressed message before it is decompressed: as many as it may have.</summary>
    private long OfCompressed(MethodRule rule) => Math.Min(rule.MaxMessageBytes, _maxCharge);
}
