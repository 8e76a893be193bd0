using Google.Protobuf;
using Grpc.Core;
using Grpc.Core.Interceptors;

namespace TopicGrpc.Server.Rpc;

/// <summary>
/// Records every change and every rejected call. It runs around all checks. The record of a change is durable before the response is sent.
/// </summary>
internal sealed class AuditInterceptor(CallAudit audit) : Interceptor
{
    /// <inheritdoc/>
    public override Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request,
        ServerCallContext context,
        UnaryServerMethod<TRequest, TResponse> continuation) =>
        RecordAsync(context, () => request as IMessage, () => continuation(request, context));

    /// <inheritdoc/>
    public override Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request,
        IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context,
        ServerStreamingServerMethod<TRequest, TResponse> continuation) =>
        RecordAsync(context, () => request as IMessage, async () =>
        {
            await continuation(request, responseStream, context);
            return true;
        });

    /// <inheritdoc/>
    public override Task<TResponse> ClientStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream,
        ServerCallContext context,
        ClientStreamingServerMethod<TRequest, TResponse> continuation)
    {
        FirstReader<TRequest> reader = new(requestStream);
        return RecordAsync(context, () => reader.First as IMessage, () => continuation(reader, context));
    }

    /// <inheritdoc/>
    public override Task DuplexStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream,
        IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context,
        DuplexStreamingServerMethod<TRequest, TResponse> continuation)
    {
        FirstReader<TRequest> reader = new(requestStream);
        return RecordAsync(context, () => reader.First as IMessage, async () =>
        {
            await continuation(reader, responseStream, context);
            return true;
        });
    }

    private async Task<T> RecordAsync<T>(ServerCallContext context, Func<IMessage?> request, Func<Task<T>> call)
    {
        if (CallRules.IsOpen(context.Method))
        {
            return await call();
        }

        T response;
        try
        {
            response = await call();
        }
        catch (Exception exception)
        {
            await audit.EndedAsync(context.GetHttpContext(), context.Method, request(), exception);
            throw;
        }

        await audit.EndedAsync(context.GetHttpContext(), context.Method, request(), failure: null);
        return response;
    }

    private sealed class FirstReader<T>(IAsyncStreamReader<T> inner) : IAsyncStreamReader<T>
        where T : class
    {
        public T? First { get; private set; }

        public T Current => inner.Current;

        public async Task<bool> MoveNext(CancellationToken cancellationToken)
        {
            if (!await inner.MoveNext(cancellationToken))
            {
                return false;
            }

            First ??= inner.Current;
            return true;
        }
    }
}
