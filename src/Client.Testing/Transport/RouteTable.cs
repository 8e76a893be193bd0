using Grpc.Core;
using TopicGrpc.Shared;

namespace TopicGrpc.Client.Testing.Transport;

/// <summary>
/// Methods of the fake's services by path. The generated code of the contract adds them.
/// </summary>
internal sealed class RouteTable : ServiceBinderBase
{
    private readonly Dictionary<string, Func<Exchange, Task>> _routes = new(StringComparer.Ordinal);

    /// <summary>Returns the name of a method. Throws if the contract has no such method.</summary>
    public static string Known(string method) => ContractServices.All.Any(service => service.FindMethodByName(method) is not null)
        ? method
        : throw new ArgumentException($"The contract has no method '{method}'.", nameof(method));

    /// <summary>Returns the method of a path; null if the fake has no such method.</summary>
    public Func<Exchange, Task>? Find(string path) => _routes.GetValueOrDefault(path);

    public override void AddMethod<TRequest, TResponse>(
        Method<TRequest, TResponse> method, UnaryServerMethod<TRequest, TResponse>? handler) =>
        _routes[method.FullName] = async exchange =>
        {
            TRequest request = await Reader(method, exchange).SingleAsync(exchange.Aborted).ConfigureAwait(false);
            await exchange.AdmitAsync().ConfigureAwait(false);
            TResponse response = await handler!(request, Context(method, exchange)).ConfigureAwait(false);
            await Writer(method, exchange).WriteAsync(response).ConfigureAwait(false);
        };

    public override void AddMethod<TRequest, TResponse>(
        Method<TRequest, TResponse> method, ServerStreamingServerMethod<TRequest, TResponse>? handler) =>
        _routes[method.FullName] = async exchange =>
        {
            TRequest request = await Reader(method, exchange).SingleAsync(exchange.Aborted).ConfigureAwait(false);
            await exchange.AdmitAsync().ConfigureAwait(false);
            await handler!(request, Writer(method, exchange), Context(method, exchange)).ConfigureAwait(false);
        };

    public override void AddMethod<TRequest, TResponse>(
        Method<TRequest, TResponse> method, ClientStreamingServerMethod<TRequest, TResponse>? handler) =>
        _routes[method.FullName] = async exchange =>
        {
            await exchange.AdmitAsync().ConfigureAwait(false);
            TResponse response = await handler!(Reader(method, exchange), Context(method, exchange)).ConfigureAwait(false);
            await Writer(method, exchange).WriteAsync(response).ConfigureAwait(false);
        };

    public override void AddMethod<TRequest, TResponse>(
        Method<TRequest, TResponse> method, DuplexStreamingServerMethod<TRequest, TResponse>? handler) =>
        _routes[method.FullName] = async exchange =>
        {
            await exchange.AdmitAsync().ConfigureAwait(false);
            await handler!(Reader(method, exchange), Writer(method, exchange), Context(method, exchange)).ConfigureAwait(false);
        };

    private static MessageReader<TRequest> Reader<TRequest, TResponse>(Method<TRequest, TResponse> method, Exchange exchange)
        where TRequest : class
        where TResponse : class => new(exchange.Requests, method.RequestMarshaller, exchange.Call);

    private static MessageWriter<TResponse> Writer<TRequest, TResponse>(Method<TRequest, TResponse> method, Exchange exchange)
        where TRequest : class
        where TResponse : class => new(exchange.Responses, method.ResponseMarshaller, exchange.Aborted);

    private static InMemoryCallContext Context<TRequest, TResponse>(Method<TRequest, TResponse> method, Exchange exchange)
        where TRequest : class
        where TResponse : class => new(method.FullName, exchange.Aborted);
}
