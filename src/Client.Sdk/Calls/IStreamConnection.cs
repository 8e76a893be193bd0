namespace TopicGrpc.Client.Calls;

/// <summary>One connection of a resuming stream. Disposal ends the call.</summary>
internal interface IStreamConnection<out TResponse> : IAsyncDisposable
{
    /// <summary>The last response read.</summary>
    TResponse Current { get; }

    /// <summary>Reads the next response; false at a clean end.</summary>
    /// <exception cref="Grpc.Core.RpcException">The connection failed.</exception>
    Task<bool> MoveNextAsync(CancellationToken cancellationToken);
}
