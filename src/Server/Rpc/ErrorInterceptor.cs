using System.Diagnostics;
using Grpc.Core;
using Grpc.Core.Interceptors;
using TopicGrpc.Server.Contract;
using TopicGrpc.Server.Errors;
using TopicGrpc.Shared;

namespace TopicGrpc.Server.Rpc;

/// <summary>The one place where an exception becomes a status. A defect is logged with its stack and answered with its trace id alone.</summary>
internal sealed class ErrorInterceptor(CallMetrics metrics, ILogger<ErrorInterceptor> logger, TimeProvider clock) : Interceptor
{
    /// <inheritdoc/>
    public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
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
    public override async Task ServerStreamingServerHandler<TRequest, TResponse>(TRequest request, IServerStreamWriter<TResponse> responseStream, ServerCallContext context, ServerStreamingServerMethod<TRequest, TResponse> continuation)
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
    public override async Task<TResponse> ClientStreamingServerHandler<TRequest, TResponse>(IAsyncStreamReader<TRequest> requestStream, ServerCallContext context, ClientStreamingServerMethod<TRequest, TResponse> continuation)
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
    public override async Task DuplexStreamingServerHandler<TRequest, TResponse>(IAsyncStreamReader<TRequest> requestStream, IServerStreamWriter<TResponse> responseStream, ServerCallContext context, DuplexStreamingServerMethod<TRequest, TResponse> continuation)
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
            case ServiceException refusal:
                metrics.Rejected(refusal.Reason);
                if (refusal.InnerException is not null)
                {
                    Log.Refused(logger, refusal.InnerException, context.Method, refusal.Reason);
                }

                return StatusMapping.ToRpc(refusal);
            case OperationCanceledException or IOException when context.CancellationToken.IsCancellationRequested:
                return context.Deadline <= clock.GetUtcNow().UtcDateTime
                    ? new RpcException(new Status(StatusCode.DeadlineExceeded, "The deadline has passed."))
                    : new RpcException(new Status(StatusCode.Cancelled, "The call was cancelled."));
            default:
                string trace = Activity.Current?.TraceId.ToString() ?? context.GetHttpContext().TraceIdentifier;
                Log.Defect(logger, exception, context.Method, trace);
                return StatusMapping.ToRpc(new ServiceException(StatusCode.Internal, ErrorReasons.Internal, $"A defect of the server; its log holds more under {trace}.")
                {
                    Metadata = new Dictionary<string, string> { ["trace"] = trace },
                });
        }
    }
}
