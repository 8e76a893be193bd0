using Grpc.Core;

namespace TopicGrpc.Client.Sdk.Tests.Fakes;

/// <summary>A connection that breaks at the moment when the caller cancels, and says so before the cancellation shows.</summary>
internal sealed class CutOffInvoker(CancellationTokenSource caller) : CallInvoker
{
    public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method,
        string? host,
        CallOptions options,
        TRequest request) =>
        new(
            Task.FromException<TResponse>(Break()),
            Task.FromResult(Metadata.Empty),
            static () => Status.DefaultCancelled,
            static () => [],
            static () => { });

    public override AsyncServerStreamingCall<TResponse> AsyncServerStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method,
        string? host,
        CallOptions options,
        TRequest request) =>
        new(
            new BrokenReader<TResponse>(Break),
            Task.FromResult(Metadata.Empty),
            static () => Status.DefaultCancelled,
            static () => [],
            static () => { });

    public override AsyncClientStreamingCall<TRequest, TResponse> AsyncClientStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method,
        string? host,
        CallOptions options) => throw new NotSupportedException();

    public override AsyncDuplexStreamingCall<TRequest, TResponse> AsyncDuplexStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method,
        string? host,
        CallOptions options) => throw new NotSupportedException();

    public override TResponse BlockingUnaryCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method,
        string? host,
        CallOptions options,
        TRequest request) => throw new NotSupportedException();

    private RpcException Break()
    {
        caller.Cancel();
        return new RpcException(
            new Status(StatusCode.Unavailable, "Error reading next message.", new IOException("The request was aborted.")));
    }

    private sealed class BrokenReader<T>(Func<RpcException> failure) : IAsyncStreamReader<T>
    {
        public T Current => throw new InvalidOperationException("Nothing was read.");

        public Task<bool> MoveNext(CancellationToken cancellationToken) => Task.FromException<bool>(failure());
    }
}
