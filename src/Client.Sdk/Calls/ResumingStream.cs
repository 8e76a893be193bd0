using System.Runtime.CompilerServices;
using Grpc.Core;

namespace TopicGrpc.Client.Calls;

/// <summary>
/// Reads one logical stream over as many connections as needed. A stream that the server ends cleanly is complete only if its position is
/// complete. Otherwise the server is shutting down, and the stream resumes as after a broken connection.
/// </summary>
internal sealed class ResumingStream<TResponse>(ClientCore core, string method, IStreamPosition<TResponse> position)
{
    private readonly Reconnection _reconnection = new(core, method);

    /// <summary>Yields every response that the position accepts.</summary>
    /// <exception cref="Errors.TopicGrpcException">The stream failed and cannot resume.</exception>
    /// <exception cref="OperationCanceledException">The caller canceled.</exception>
    public async IAsyncEnumerable<TResponse> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (true)
        {
            RpcException? failure = null;
            IStreamConnection<TResponse> connection = position.Open(cancellationToken);
            await using (connection.ConfigureAwait(false))
            {
                bool received = false;
                while (true)
                {
                    (bool hasResponse, failure) = await MoveNextAsync(connection, cancellationToken).ConfigureAwait(false);
                    if (!hasResponse)
                    {
                        break;
                    }

                    received = true;
                    if (position.Accept(connection.Current))
                    {
                        yield return connection.Current;
                    }
                }

                // A stream may be silent for hours: a connection that delivered a response counts as progress until its end.
                if (received)
                {
                    _reconnection.Progressed();
                }
            }

            if (failure is null && position.IsComplete)
            {
                yield break;
            }

            failure ??= new RpcException(new Status(StatusCode.Unavailable, $"The server ended {method} before the stream was complete."));
            if (!position.TryRestart(failure))
            {
                await _reconnection.WaitAsync(failure, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private static async Task<(bool HasResponse, RpcException? Failure)> MoveNextAsync(
        IStreamConnection<TResponse> connection, CancellationToken cancellationToken)
    {
        try
        {
            return (await connection.MoveNextAsync(cancellationToken).ConfigureAwait(false), null);
        }
        catch (RpcException failure)
        {
            return (false, failure);
        }
        catch (OperationCanceledException canceled) when (!cancellationToken.IsCancellationRequested)
        {
            // The server has reset the stream, as it does when it ends.
            return (false, new RpcException(new Status(StatusCode.Unavailable, "The server canceled the stream.", canceled)));
        }
    }
}
