using System.Buffers.Binary;

namespace TopicGrpc.Client.Testing.Transport;

/// <summary>
/// Length-prefixed messages of gRPC: one byte for compression, which the client does not use here, four bytes for the length, the message.
/// </summary>
internal static class Frames
{
    private const int HeaderBytes = 5;

    /// <summary>Reads a message; null at the end of the stream.</summary>
    public static async Task<byte[]?> ReadAsync(Stream stream, CancellationToken cancellationToken)
    {
        byte[] header = new byte[HeaderBytes];
        int read = await stream.ReadAtLeastAsync(header, HeaderBytes, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        if (read == 0)
        {
            return null;
        }

        if (read < HeaderBytes || header[0] != 0)
        {
            throw new InvalidDataException("The client sent a truncated or compressed message.");
        }

        byte[] message = new byte[BinaryPrimitives.ReadUInt32BigEndian(header.AsSpan(1))];
        await stream.ReadExactlyAsync(message, cancellationToken).ConfigureAwait(false);
        return message;
    }

    /// <summary>Returns a message with its header.</summary>
    public static byte[] Frame(ReadOnlySpan<byte> message)
    {
        byte[] frame = new byte[HeaderBytes + message.Length];
        BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(1), (uint)message.Length);
        message.CopyTo(frame.AsSpan(HeaderBytes));
        return frame;
    }
}
