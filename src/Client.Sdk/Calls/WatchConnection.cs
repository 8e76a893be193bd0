using Grpc.Core;

namespace TopicGrpc.Client.Calls;

/// <summary>A connection of a server-streaming call.</summary>
internal sealed class WatchConnection<TResponse>(AsyncServerStreamingCall<TResponse> call) : IStreamConnection<TResponse>
{
    public TResponse Current => call.ResponseStream.Current;

    public Task<bool> MoveNextAsync(CancellationToken cancellationToken) => call.ResponseStream.MoveNext(cancellationToken);

    public ValueTask DisposeAsync()
    {
        call.Dispose();
        return ValueTask.CompletedTask;
    }
}
