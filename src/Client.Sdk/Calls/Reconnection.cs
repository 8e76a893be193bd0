using System.Diagnostics;
using Grpc.Core;
using TopicGrpc.Client.Configuration;
using TopicGrpc.Client.Errors;

namespace TopicGrpc.Client.Calls;

/// <summary>Decides whether a broken stream resumes: it does if there was progress within the time limit.</summary>
internal sealed class Reconnection(ClientCore core, string method)
{
    private long _lastProgress = core.Options.TimeProvider.GetTimestamp();
    private int _failures;
    private bool _hasRefreshed;
    private int _rejections = core.Credentials?.Rejections ?? 0;

    /// <summary>Connections opened after the first.</summary>
    public int Count { get; private set; }

    /// <summary>Records progress: the next failure counts as the first.</summary>
    public void Progressed()
    {
        _failures = 0;
        _hasRefreshed = false;
        _lastProgress = core.Options.TimeProvider.GetTimestamp();
    }

    /// <summary>Waits before the next connection, or throws the failure as a typed exception.</summary>
    /// <exception cref="OperationCanceledException">The caller canceled.</exception>
    public async Task WaitAsync(RpcException failure, CancellationToken cancellationToken)
    {
        // When the caller's token cancels a read, the read may fail as a broken connection first.
        cancellationToken.ThrowIfCancellationRequested();
        if (failure.StatusCode == StatusCode.Unauthenticated && !_hasRefreshed && core.Credentials?.TryRenew(_rejections) == true)
        {
            // The token may have expired during the stream; a new one resumes it at once.
            _hasRefreshed = true;
            _rejections = core.Credentials.Rejections;
            Count++;
            return;
        }

        _failures++;
        var server = ServerDelay.Read(failure);
        RetryOptions options = core.Options.Retry;
        TimeSpan idle = core.Options.TimeProvider.GetElapsedTime(_lastProgress);
        TimeSpan? asked =
            failure.StatusCode == StatusCode.Unavailable && core.Health is { } health ? health.DelayOf(server.Delay) : server.Delay;
        TimeSpan delay = asked ?? core.Backoff.After(_failures);
        if (!options.Enabled || server.ForbidsRetry || !IsTransient(failure, server) || idle + delay > options.ReconnectTimeout)
        {
            throw ErrorTranslation.ToException(failure, Count + 1);
        }

        Count++;
        Instruments.Reconnects.Add(1, new TagList { { "rpc.method", method } });
        await Task.Delay(delay, core.Options.TimeProvider, cancellationToken).ConfigureAwait(false);
        _rejections = core.Credentials?.Rejections ?? 0;
    }

    // A failure with a local cause is a broken connection, whatever its status code. Streams resume by offset, so a retry is safe.
    private static bool IsTransient(RpcException failure, ServerDelay server) => failure.StatusCode switch
    {
        StatusCode.Unavailable => true,
        StatusCode.ResourceExhausted or StatusCode.DeadlineExceeded => server.Delay is not null,
        StatusCode.Internal or StatusCode.Cancelled => failure.Status.DebugException is not null,
        _ => false,
    };
}
