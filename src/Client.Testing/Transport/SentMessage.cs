using System.Buffers;
using Grpc.Core;

namespace TopicGrpc.Client.Testing.Transport;

/// <summary>Bytes of a sent message, written by the generated serializer.</summary>
internal sealed class SentMessage : SerializationContext
{
    private readonly ArrayBufferWriter<byte> _buffer = new();

    /// <summary>The bytes written so far.</summary>
    public ReadOnlySpan<byte> Bytes => _buffer.WrittenSpan;

    public override void Complete(byte[] payload) => _buffer.Write(payload);

    public override void Complete()
    {
        // The buffer is complete.
    }

    public override IBufferWriter<byte> GetBufferWriter() => _buffer;

    public override void SetPayloadLength(int payloadLength)
    {
        // The buffer grows on demand.
    }
}
