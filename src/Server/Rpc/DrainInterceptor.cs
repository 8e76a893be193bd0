using Grpc.Core;
using Grpc.Core.Interceptors;
using TopicGrpc.Server.Errors;
using TopicGrpc.Server.Hosting;
using TopicGrpc.Server.Receiving;

namespace TopicGrpc.Server.Rpc;

/// <summary>
/// Rejects calls that arrive after the grace period of a shutdown, and counts open streams. Health is answered until the end.
/// </summary>
internal sealed class DrainInterceptor(ServerDrain drain, CallMetrics metrics) : Interceptor
{
    private const string HealthPrefix = "/grpc.health.";

    /// <inheritdoc/>
    public override Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request,
        ServerCallContext context,
        UnaryServerMethod<TRequest, TResponse> continuation)
    {
        Check(context);
        return continuation(request, context);
    }

    /// <inheritdoc/>
    public override Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request,
        IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context,
        ServerStreamingServerMethod<TRequest, TResponse> continuation) =>
        CountAsync(context, () => continuation(request, responseStream, context));

    /// <inheritdoc/>
    public override Task<TResponse> ClientStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream,
        ServerCallContext context,
        ClientStreamingServerMethod<TRequest, TResponse> continuation)
    {
        Check(context);
        return continuation(requestStream, context);
    }

    /// <inheritdoc/>
    public override Task DuplexStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream,
        IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context,
        DuplexStreamingServerMethod<TRequest, TResponse> continuation) =>
        CountAsync(context, () => continuation(requestStream, responseStream, context));

    private void Check(ServerCallContext context)
    {
        if (drain.RejectsCalls && !context.Method.StartsWith(HealthPrefix, StringComparison.Ordinal))
        {
            throw Fault.Draining();
        }
    }

    private async Task CountAsync(ServerCallContext context, Func<Task> stream)
    {
        Check(context);
        metrics.StreamsChanged(context.Method, 1);
        try
        {
            await stream();
        }
        finally
        {
            metrics.StreamsChanged(context.Method, -1);
        }
    }
}
