using System.Collections.Frozen;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Grpc.Core;
using Grpc.Core.Interceptors;
using TopicGrpc.Server.Errors;
using TopicGrpc.Server.Hosting;

namespace TopicGrpc.Server.Rpc;

/// <summary>
/// Duration and status of calls by the semantic conventions of OpenTelemetry for RPC: the histogram <c>rpc.server.call.duration</c>, and
/// attributes of the server's span. It is the first interceptor, so it sees the status that the client gets.
/// </summary>
internal sealed class TelemetryInterceptor(Meter meter, TimeProvider clock) : Interceptor
{
    /// <summary>Statuses that are the server's fault.</summary>
    private static readonly FrozenSet<StatusCode> ServerErrors = FrozenSet.Create(
        StatusCode.Unknown,
        StatusCode.DeadlineExceeded,
        StatusCode.Unimplemented,
        StatusCode.Internal,
        StatusCode.Unavailable,
        StatusCode.DataLoss);

    private readonly Histogram<double> _duration =
        meter.CreateDurations("rpc.server.call.duration", "Time of a call, by method and status.");

    /// <inheritdoc/>
    public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request,
        ServerCallContext context,
        UnaryServerMethod<TRequest, TResponse> continuation)
    {
        long started = clock.GetTimestamp();
        try
        {
            TResponse response = await continuation(request, context);
            Ended(context, started, StatusCode.OK);
            return response;
        }
        catch (RpcException exception)
        {
            Ended(context, started, exception.StatusCode);
            throw;
        }
    }

    /// <inheritdoc/>
    public override Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request,
        IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context,
        ServerStreamingServerMethod<TRequest, TResponse> continuation) =>
        ObserveAsync(context, () => continuation(request, responseStream, context));

    /// <inheritdoc/>
    public override async Task<TResponse> ClientStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream,
        ServerCallContext context,
        ClientStreamingServerMethod<TRequest, TResponse> continuation)
    {
        TResponse? response = null;
        await ObserveAsync(context, async () => response = await continuation(requestStream, context));
        return response!;
    }

    /// <inheritdoc/>
    public override Task DuplexStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream,
        IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context,
        DuplexStreamingServerMethod<TRequest, TResponse> continuation) =>
        ObserveAsync(context, () => continuation(requestStream, responseStream, context));

    private async Task ObserveAsync(ServerCallContext context, Func<Task> call)
    {
        long started = clock.GetTimestamp();
        try
        {
            await call();
            Ended(context, started, StatusCode.OK);
        }
        catch (RpcException exception)
        {
            Ended(context, started, exception.StatusCode);
            throw;
        }
    }

    private void Ended(ServerCallContext context, long started, StatusCode code)
    {
        string method = context.Method.TrimStart('/');
        string status = StatusNames.Of(code);
        _duration.Record(
            clock.GetElapsedTime(started).TotalSeconds,
            new KeyValuePair<string, object?>("rpc.system.name", "grpc"),
            new KeyValuePair<string, object?>("rpc.method", method),
            new KeyValuePair<string, object?>("rpc.response.status_code", status));
        if (Activity.Current is not { } span)
        {
            return;
        }

        span.SetTag("rpc.system.name", "grpc");
        span.SetTag("rpc.method", method);
        span.SetTag("rpc.response.status_code", status);
        if (ServerErrors.Contains(code))
        {
            span.SetStatus(ActivityStatusCode.Error, status);
        }
    }
}
