using Grpc.Core;
using Grpc.Core.Interceptors;
using TopicGrpc.Server.Receiving;

namespace TopicGrpc.Server.Rpc;

/// <summary>Notes on the <see cref="CallBody"/> of each call when a response waits for the client to read.</summary>
internal sealed class StreamInterceptor : Interceptor
{
    /// <inheritdoc/>
    public override Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request,
        IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context,
        ServerStreamingServerMethod<TRequest, TResponse> continuation) =>
        continuation(request, Watched(responseStream, context), context);

    /// <inheritdoc/>
    public override Task DuplexStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream,
        IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context,
        DuplexStreamingServerMethod<TRequest, TResponse> continuation) =>
        continuation(requestStream, Watched(responseStream, context), context);

    private static WatchedWriter<T> Watched<T>(IServerStreamWriter<T> writer, ServerCallContext context) =>
        new WatchedWriter<T>(writer, CallBody.Of(context.GetHttpContext()));

    private sealed class WatchedWriter<T>(IServerStreamWriter<T> inner, CallBody body) : IServerStreamWriter<T>
    {
        public WriteOptions? WriteOptions
        {
            get => inner.WriteOptions;
            set => inner.WriteOptions = value;
        }

        public Task WriteAsync(T message) => WriteAsync(message, CancellationToken.None);

        public async Task WriteAsync(T message, CancellationToken cancellationToken)
        {
            body.WriteStarted();
            try
            {
                await inner.WriteAsync(message, cancellationToken);
            }
            finally
            {
                body.WriteEnded();
            }
        }
    }
}
