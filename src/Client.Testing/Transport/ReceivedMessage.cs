using System.Buffers;
using Grpc.Core;

namespace TopicGrpc.Client.Testing.Transport;

/// <summary>Bytes of a received message for the generated parser.</summary>
internal sealed class ReceivedMessage(byte[] bytes) : DeserializationContext
{
    public override int PayloadLength => bytes.Length;

    public override byte[] PayloadAsNewBuffer() => [.. bytes];

    public override ReadOnlySequence<byte> PayloadAsReadOnlySequence() => new(bytes);
}
