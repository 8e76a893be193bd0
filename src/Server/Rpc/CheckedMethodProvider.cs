using System.Reflection;
using Grpc.AspNetCore.Server.Model;
using Grpc.Core;

namespace TopicGrpc.Server.Rpc;

/// <summary>
/// Binds the methods of a service, as the provider of Grpc.AspNetCore does, with marshalers that reject malformed messages. That provider
/// leaves a request that cannot be parsed to the catch-all of the framework: UNKNOWN, and a stack trace in the log.
/// </summary>
/// <typeparam name="TService">The service. All calls share one instance.</typeparam>
internal sealed class CheckedMethodProvider<TService>(IServiceProvider services, MessageParsing parsing) : IServiceMethodProvider<TService>
    where TService : class
{
    /// <inheritdoc/>
    public void OnServiceMethodDiscovery(ServiceMethodProviderContext<TService> context)
    {
        ArgumentNullException.ThrowIfNull(context);
        for (Type? type = typeof(TService); type is not null; type = type.BaseType)
        {
            if (type.GetCustomAttribute<BindServiceMethodAttribute>(inherit: false) is { } binding)
            {
                MethodInfo bind = binding.BindType.GetMethod(binding.BindMethodName, [typeof(ServiceBinderBase), type])!;
                bind.Invoke(null, [new Binder(context, parsing), Instance(services)]);
                return;
            }
        }

        throw new InvalidOperationException($"{typeof(TService)} is not a gRPC service.");
    }

    private static TService Instance(IServiceProvider services) =>
        services.GetService<TService>() ?? ActivatorUtilities.CreateInstance<TService>(services);

    private sealed class Binder(ServiceMethodProviderContext<TService> context, MessageParsing parsing) : ServiceBinderBase
    {
        public override void AddMethod<TRequest, TResponse>(
            Method<TRequest, TResponse> method,
            UnaryServerMethod<TRequest, TResponse>? handler) =>
            context.AddUnaryMethod(parsing.Check(method), [], (_, request, call) => handler!(request, call));

        public override void AddMethod<TRequest, TResponse>(
            Method<TRequest, TResponse> method,
            ServerStreamingServerMethod<TRequest, TResponse>? handler) =>
            context.AddServerStreamingMethod(
                parsing.Check(method),
                [],
                (_, request, responses, call) => handler!(request, responses, call));

        public override void AddMethod<TRequest, TResponse>(
            Method<TRequest, TResponse> method,
            ClientStreamingServerMethod<TRequest, TResponse>? handler) =>
            context.AddClientStreamingMethod(parsing.Check(method), [], (_, requests, call) => handler!(requests, call));

        public override void AddMethod<TRequest, TResponse>(
            Method<TRequest, TResponse> method,
            DuplexStreamingServerMethod<TRequest, TResponse>? handler) =>
            context.AddDuplexStreamingMethod(
                parsing.Check(method),
                [],
                (_, requests, responses, call) => handler!(requests, responses, call));
    }
}
