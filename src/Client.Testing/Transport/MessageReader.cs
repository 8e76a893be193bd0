using Grpc.Core;
using TopicGrpc.Client.Testing.Calls;

namespace TopicGrpc.Client.Testing.Transport;

/// <summary>Messages of the client. Each message is added to the record of the call.</summary>
internal sealed class MessageReader<T>(Stream stream, Marshaller<T> marshaller, FakeCall call) : IAsyncStreamReader<T>
    where T : class
{
    public T Current { get; private set; } = null!;

    public async Task<bool> MoveNext(CancellationToken cancellationToken)
    {
        byte[]? message = await Frames.ReadAsync(stream, cancellationToken).ConfigureAwait(false);
        if (message is null)
        {
            return false;
        }

        Current = marshaller.ContextualDeserializer(new ReceivedMessage(message));
        CallContents.Read(call, Current);
        return true;
    }

    /// <summary>Reads the only message of a unary or server-streaming call.</summary>
    public async Task<T> SingleAsync(CancellationToken cancellationToken) => await MoveNext(cancellationToken).ConfigureAwait(false)
        ? Current
        : throw new InvalidDataException("The client sent no message.");
}
