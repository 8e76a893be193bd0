using Grpc.AspNetCore.Server;
using Microsoft.AspNetCore.Grpc.JsonTranscoding;
using TopicGrpc.Server.Access;
using TopicGrpc.Server.Authentication;
using TopicGrpc.Server.Errors;
using TopicGrpc.Server.Http;
using TopicGrpc.Server.Receiving;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Rpc;

/// <summary>
/// Authenticates every request before its body is read, and rejects it if the caller may not call the method or the route. A rejected gRPC
/// call receives no message: reading its body fails. <see cref="CallerInterceptor"/> checks methods again, whatever path led to them.
/// </summary>
internal sealed class AccessMiddleware(
    RequestDelegate next,
    Authenticator authenticator,
    CallRules rules,
    CallerQuotas quotas,
    OpenStreams streams,
    CallAudit audit)
{
    public async Task InvokeAsync(HttpContext context)
    {
        CallerFeature feature = await authenticator.AuthenticateAsync(context);
        context.Features.Set(feature);
        CallerScope.Enter(feature.Caller, quotas.Of(feature.Caller));
        EndpointMetadataCollection? metadata = context.GetEndpoint()?.Metadata;
        if (metadata?.GetMetadata<GrpcMethodMetadata>() is not { } method)
        {
            await RunRouteAsync(context, feature, metadata);
            return;
        }

        if (!CallRules.IsOpen(method.Method.FullName) && rules.Check(feature, method.Method.FullName) is { } failure)
        {
            audit.Rejected(context, method.Method.FullName, request: null, failure);
            if (metadata.GetMetadata<GrpcJsonTranscodingMetadata>() is not null)
            {
                await HttpErrors.WriteAsync(context, failure);
                return;
            }

            CallBody.Of(context).Fail(failure);
        }

        await next(context);
    }

    private async Task RunRouteAsync(HttpContext context, CallerFeature feature, EndpointMetadataCollection? metadata)
    {
        RouteAccess? access = metadata?.GetMetadata<RouteAccess>();
        if (access == RouteAccess.Open)
        {
            await next(context);
            return;
        }

        try
        {
            CallRules.Require(context, feature, access);
            quotas.Of(feature.Caller).RequireCall();
        }
        catch (ServiceException failure)
        {
            audit.Rejected(context, context.Request.Path, request: null, failure);
            await (metadata?.GetMetadata<RouteErrorForm>()?.WriteAsync ?? HttpErrors.WriteAsync)(context, failure);
            return;
        }

        using OpenStream? stream = streams.Watch(feature.Caller, CallBody.Of(context), context.RequestAborted);
        await next(context);
        if (access is { Role: > Role.Reader, OnlyReads: false })
        {
            await audit.RouteEndedAsync(context);
        }
    }
}
