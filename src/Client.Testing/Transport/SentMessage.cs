using System.Buffers;
using Grpc.Core;

namespace TopicGrpc.Client.Testing.Transport;

/// <summary>Takes the bytes of a message from the generated code.</summary>
internal sealed class SentMessage : SerializationContext
{
    private readonly ArrayBufferWriter<byte> _buffer = new();

    /// <summary>What was written.</summary>
    public ReadOnlySpan<byte> Bytes => _buffer.WrittenSpan;

    public override void Complete(byte[] payload) => _buffer.Write(payload);

    public override void Complete()
    {
        // The buffer has it all.
    }

    public override IBufferWriter<byte> GetBufferWriter() => _buffer;

    public override void SetPayloadLength(int payloadLength)
    {
        // The buffer grows by itself.
    }
}
