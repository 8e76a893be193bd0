using Grpc.Core;
using Grpc.Core.Interceptors;
using Microsoft.Extensions.Options;
using TopicGrpc.Server.Embedding;
using TopicGrpc.Server.Hosting;
using TopicGrpc.Server.Http;

namespace TopicGrpc.Server.Rpc;

/// <summary>Gives every unary call, also as JSON, a deadline: the caller's, or the server's default if the caller set none.</summary>
internal sealed class DeadlineInterceptor(IOptions<ServerOptions> options, TimeProvider clock) : Interceptor
{
    /// <inheritdoc/>
    public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request,
        ServerCallContext context,
        UnaryServerMethod<TRequest, TResponse> continuation)
    {
        // The context of a JSON call has no deadline, whatever its headers say.
        TimeSpan? timeout = context.Deadline == DateTime.MaxValue ? TimeoutHeader.Of(context.GetHttpContext().Request) : null;
        using var deadline = CallDeadline.Of(
            context.Deadline,
            timeout ?? options.Value.DefaultDeadline,
            clock,
            context.CancellationToken);
        try
        {
            return await continuation(request, new DeadlineContext(context, deadline));
        }
        catch (OperationCanceledException) when (deadline.HasDefaultPassed)
        {
            throw new RpcException(new Status(
                StatusCode.DeadlineExceeded,
                timeout is null
                    ? "The call set no deadline and exceeded the default of this server (Server:DefaultDeadline)."
                    : "The deadline has passed."));
        }
    }
}
