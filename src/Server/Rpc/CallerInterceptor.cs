using Grpc.Core;
using Grpc.Core.Interceptors;
using Microsoft.AspNetCore.Http.Features;
using TopicGrpc.Server.Access;
using TopicGrpc.Server.Receiving;

namespace TopicGrpc.Server.Rpc;

/// <summary>
/// Rejects callers without valid credentials, without the role that the method declares, or beyond their quota, and ends streams whose
/// credentials end. Health is open; reflection needs a caller, outside Development.
/// </summary>
internal sealed class CallerInterceptor(
    CallRules rules,
    CallerQuotas quotas,
    OpenStreams streams) : Interceptor
{
    /// <inheritdoc/>
    public override Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request,
        ServerCallContext context,
        UnaryServerMethod<TRequest, TResponse> continuation)
    {
        if (Enter(context) is { } caller)
        {
            quotas.Of(caller).RequireCall();
        }

        return continuation(request, context);
    }

    /// <inheritdoc/>
    public override Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request,
        IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context,
        ServerStreamingServerMethod<TRequest, TResponse> continuation) =>
        WatchAsync(context, async watched =>
        {
            await continuation(request, responseStream, watched);
            return true;
        });

    /// <inheritdoc/>
    public override Task<TResponse> ClientStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream,
        ServerCallContext context,
        ClientStreamingServerMethod<TRequest, TResponse> continuation) =>
        WatchAsync(context, watched => continuation(requestStream, watched));

    /// <inheritdoc/>
    public override Task DuplexStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream,
        IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context,
        DuplexStreamingServerMethod<TRequest, TResponse> continuation) =>
        WatchAsync(context, async watched =>
        {
            await continuation(requestStream, responseStream, watched);
            return true;
        });

    /// <summary>Checks a call.</summary>
    /// <returns>Its caller; null for health.</returns>
    private Caller? Enter(ServerCallContext context)
    {
        if (CallRules.IsOpen(context.Method))
        {
            return null;
        }

        CallerFeature feature = context.GetHttpContext().Features.GetRequiredFeature<CallerFeature>();
        return rules.Check(feature, context.Method) is { } failure ? throw failure : feature.Caller;
    }

    private async Task<T> WatchAsync<T>(ServerCallContext context, Func<ServerCallContext, Task<T>> call)
    {
        if (Enter(context) is not { } caller)
        {
            return await call(context);
        }

        CallerQuota quota = quotas.Of(caller);
        quota.RequireCall();
        using IDisposable place = quota.OpenStream();
        using OpenStream? stream = streams.Watch(caller, CallBody.Of(context.GetHttpContext()), context.CancellationToken);
        if (stream is null)
        {
            return await call(context);
        }

        try
        {
            T result = await call(new TokenContext(context, stream.Token));

            // Some streams end normally when their token is canceled.
            return stream.Failure is { } failure ? throw failure : result;
        }
        catch (Exception exception) when (stream.Failure is { } failure && exception != failure)
        {
            throw failure;
        }
    }
}
