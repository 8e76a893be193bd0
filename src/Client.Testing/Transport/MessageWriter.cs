using Grpc.Core;

namespace TopicGrpc.Client.Testing.Transport;

/// <summary>Messages to the client.</summary>
internal sealed class MessageWriter<T>(Stream stream, Marshaller<T> marshaller, CancellationToken aborted) : IServerStreamWriter<T>
    where T : class
{
    public WriteOptions? WriteOptions { get; set; }

    // The services of the fake pass only the token of the call, which is "aborted".
    public Task WriteAsync(T message, CancellationToken cancellationToken) => WriteAsync(message);

    public async Task WriteAsync(T message)
    {
        SentMessage sent = new();
        marshaller.ContextualSerializer(message, sent);
        await stream.WriteAsync(Frames.Frame(sent.Bytes), aborted).ConfigureAwait(false);
        await stream.FlushAsync(aborted).ConfigureAwait(false);
    }
}
