using Grpc.Core;

namespace TopicGrpc.Client.Testing.Transport;

/// <summary>Messages that the client reads.</summary>
internal sealed class MessageWriter<T>(Stream stream, Marshaller<T> marshaller, CancellationToken aborted) : IServerStreamWriter<T>
    where T : class
{
    public WriteOptions? WriteOptions { get; set; }

    // A write has no token but the call's: a service here passes none other.
    public Task WriteAsync(T message, CancellationToken cancellationToken) => WriteAsync(message);

    public async Task WriteAsync(T message)
    {
        SentMessage sent = new();
        marshaller.ContextualSerializer(message, sent);
        await stream.WriteAsync(Frames.Frame(sent.Bytes), aborted).ConfigureAwait(false);
        await stream.FlushAsync(aborted).ConfigureAwait(false);
    }
}
