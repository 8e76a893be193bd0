using System.Diagnostics;
using Grpc.Core;
using Grpc.Core.Interceptors;
using TopicGrpc.Server.Contract;
using TopicGrpc.Server.Errors;
using TopicGrpc.Server.Receiving;

namespace TopicGrpc.Server.Rpc;

/// <summary>Maps exceptions to statuses. A defect is logged with its stack trace; the client gets only the trace id.</summary>
internal sealed class ErrorInterceptor(CallMetrics metrics, ILogger<ErrorInterceptor> logger, TimeProvider clock) : Interceptor
{
    /// <inheritdoc/>
    public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request,
        ServerCallContext context,
        UnaryServerMethod<TRequest, TResponse> continuation)
    {
        try
        {
            return await continuation(request, context);
        }
        catch (Exception exception) when (exception is not RpcException)
        {
            throw Translate(exception, context);
        }
    }

    /// <inheritdoc/>
    public override async Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request,
        IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context,
        ServerStreamingServerMethod<TRequest, TResponse> continuation)
    {
        try
        {
            await continuation(request, responseStream, context);
        }
        catch (Exception exception) when (exception is not RpcException)
        {
            throw Translate(exception, context);
        }
    }

    /// <inheritdoc/>
    public override async Task<TResponse> ClientStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream,
        ServerCallContext context,
        ClientStreamingServerMethod<TRequest, TResponse> continuation)
    {
        try
        {
            return await continuation(requestStream, context);
        }
        catch (Exception exception) when (exception is not RpcException)
        {
            throw Translate(exception, context);
        }
    }

    /// <inheritdoc/>
    public override async Task DuplexStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream,
        IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context,
        DuplexStreamingServerMethod<TRequest, TResponse> continuation)
    {
        try
        {
            await continuation(requestStream, responseStream, context);
        }
        catch (Exception exception) when (exception is not RpcException)
        {
            throw Translate(exception, context);
        }
    }

    private RpcException Translate(Exception exception, ServerCallContext context)
    {
        switch (exception)
        {
            case ServiceException rejection:
                metrics.Rejected(rejection.Reason);
                if (rejection.InnerException is not null)
                {
                    Log.Rejected(logger, rejection.InnerException, context.Method, rejection.Reason);
                }

                return StatusMapping.ToRpc(rejection);
            case OperationCanceledException or IOException when context.CancellationToken.IsCancellationRequested:
                return context.Deadline <= clock.GetUtcNow().UtcDateTime
                    ? new RpcException(new Status(StatusCode.DeadlineExceeded, "The deadline has passed."))
                    : new RpcException(new Status(StatusCode.Cancelled, "The call was cancelled."));
            case { } failure when StorageErrors.Classify(failure) != StorageError.None:
                ServiceException storage = Fault.StorageUnavailable("The change", exception);
                metrics.Rejected(storage.Reason);
                Log.Rejected(logger, exception, context.Method, storage.Reason);
                return StatusMapping.ToRpc(storage);
            default:
                string trace = Activity.Current?.TraceId.ToString() ?? context.GetHttpContext().TraceIdentifier;
                Log.Defect(logger, exception, context.Method, trace);
                return StatusMapping.ToRpc(Fault.Defect(trace));
        }
    }
}
