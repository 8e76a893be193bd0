using Grpc.Core;
using Grpc.Core.Interceptors;
using TopicGrpc.Server.Embedding;
using TopicGrpc.Server.Errors;
using TopicGrpc.Server.Http;
using TopicGrpc.Server.Receiving;

namespace TopicGrpc.Server.Rpc;

/// <summary>Maps exceptions of calls to statuses.</summary>
internal sealed class ErrorInterceptor(FaultTranslation translation, TimeProvider clock) : Interceptor
{
    /// <inheritdoc/>
    public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request,
        ServerCallContext context,
        UnaryServerMethod<TRequest, TResponse> continuation)
    {
        using CallDeadline deadline = Deadline(context);
        try
        {
            return await continuation(request, context);
        }
        catch (Exception exception) when (exception is not RpcException)
        {
            throw Translate(exception, context, deadline);
        }
    }

    /// <inheritdoc/>
    public override async Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request,
        IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context,
        ServerStreamingServerMethod<TRequest, TResponse> continuation)
    {
        using CallDeadline deadline = Deadline(context);
        try
        {
            await continuation(request, responseStream, context);
        }
        catch (Exception exception) when (exception is not RpcException)
        {
            throw Translate(exception, context, deadline);
        }
    }

    /// <inheritdoc/>
    public override async Task<TResponse> ClientStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream,
        ServerCallContext context,
        ClientStreamingServerMethod<TRequest, TResponse> continuation)
    {
        using CallDeadline deadline = Deadline(context);
        try
        {
            return await continuation(requestStream, context);
        }
        catch (Exception exception) when (exception is not RpcException)
        {
            throw Translate(exception, context, deadline);
        }
    }

    /// <inheritdoc/>
    public override async Task DuplexStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream,
        IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context,
        DuplexStreamingServerMethod<TRequest, TResponse> continuation)
    {
        using CallDeadline deadline = Deadline(context);
        try
        {
            await continuation(requestStream, responseStream, context);
        }
        catch (Exception exception) when (exception is not RpcException)
        {
            throw Translate(exception, context, deadline);
        }
    }

    /// <summary>Reads the clock once: a step of the clock during the call does not change why it ended.</summary>
    private CallDeadline Deadline(ServerCallContext context) =>
        CallDeadline.Of(context.Deadline, TimeSpan.Zero, clock, context.CancellationToken);

    private RpcException Translate(Exception exception, ServerCallContext context, CallDeadline deadline)
    {
        HttpContext http = context.GetHttpContext();
        if (exception is ServiceException rejection)
        {
            HttpErrors.SetRetryAfter(http, rejection);
        }

        bool isCancelled = context.CancellationToken.IsCancellationRequested;
        return translation.Translate(exception, new EndedCall(context.Method, isCancelled, deadline.HasPassed, http.TraceIdentifier));
    }
}
