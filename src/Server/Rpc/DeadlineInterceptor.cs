using Grpc.Core;
using Grpc.Core.Interceptors;
using Microsoft.Extensions.Options;
using TopicGrpc.Server.Embedding;
using TopicGrpc.Server.Hosting;

namespace TopicGrpc.Server.Rpc;

/// <summary>Gives every unary call a deadline: the caller's, or the server's default if the caller set none.</summary>
internal sealed class DeadlineInterceptor(IOptions<ServerOptions> options, TimeProvider clock) : Interceptor
{
    /// <inheritdoc/>
    public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request,
        ServerCallContext context,
        UnaryServerMethod<TRequest, TResponse> continuation)
    {
        using var deadline = CallDeadline.Of(context.Deadline, options.Value.DefaultDeadline, clock, context.CancellationToken);
        try
        {
            return await continuation(request, new DeadlineContext(context, deadline));
        }
        catch (OperationCanceledException) when (deadline.HasDefaultPassed)
        {
            throw new RpcException(new Status(
                StatusCode.DeadlineExceeded,
                "The call set no deadline and exceeded the default of this server (Server:DefaultDeadline)."));
        }
    }
}
