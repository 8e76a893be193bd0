using Grpc.Core;

namespace TopicGrpc.Client.Calls;

/// <summary>
/// Position of a <see cref="ResumingStream{TResponse}"/>: where the stream resumes and when it is complete.
/// </summary>
internal interface IStreamPosition<TResponse>
{
    /// <summary>Whether a clean end completes the stream.</summary>
    bool IsComplete { get; }

    /// <summary>Opens a connection at the current position.</summary>
    IStreamConnection<TResponse> Open(CancellationToken cancellationToken);

    /// <summary>Advances the position; false for a response that the caller has already received.</summary>
    bool Accept(TResponse response);

    /// <summary>Moves the position so that the stream resumes immediately after a failure; false if it cannot.</summary>
    bool TryRestart(RpcException failure) => false;
}
