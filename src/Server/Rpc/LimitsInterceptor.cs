using Google.Protobuf;
using Grpc.Core;
using Grpc.Core.Interceptors;
using TopicGrpc.Server.Errors;
using TopicGrpc.Shared.Limits;

namespace TopicGrpc.Server.Rpc;

/// <summary>
/// Checks every request, and every message of a client stream, against the limits of the contract before a service sees it. Parts that a
/// service answers one by one (documents of a chunk, items of a prediction stream, texts of a batch) are checked by the service.
/// </summary>
internal sealed class LimitsInterceptor : Interceptor
{
    /// <summary>Checks one message.</summary>
    /// <exception cref="ServiceException">Names every field that breaks a limit.</exception>
    public static void Check(object message)
    {
        if (message is IMessage request && RequestLimits.Check(request) is { } violations)
        {
            throw Fault.InvalidFields(violations);
        }
    }

    /// <inheritdoc/>
    public override Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request,
        ServerCallContext context,
        UnaryServerMethod<TRequest, TResponse> continuation)
    {
        Check(request);
        return continuation(request, context);
    }

    /// <inheritdoc/>
    public override Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request,
        IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context,
        ServerStreamingServerMethod<TRequest, TResponse> continuation)
    {
        Check(request);
        return continuation(request, responseStream, context);
    }

    /// <inheritdoc/>
    public override Task<TResponse> ClientStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream,
        ServerCallContext context,
        ClientStreamingServerMethod<TRequest, TResponse> continuation) =>
        continuation(new CheckedReader<TRequest>(requestStream), context);

    /// <inheritdoc/>
    public override Task DuplexStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream,
        IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context,
        DuplexStreamingServerMethod<TRequest, TResponse> continuation) =>
        continuation(new CheckedReader<TRequest>(requestStream), responseStream, context);

    private sealed class CheckedReader<T>(IAsyncStreamReader<T> inner) : IAsyncStreamReader<T>
        where T : class
    {
        public T Current => inner.Current;

        public async Task<bool> MoveNext(CancellationToken cancellationToken)
        {
            if (!await inner.MoveNext(cancellationToken))
            {
                return false;
            }

            Check(inner.Current);
            return true;
        }
    }
}
