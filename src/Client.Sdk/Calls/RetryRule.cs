using Grpc.Core;
using Polly.Timeout;
using TopicGrpc.Client.Configuration;
using TopicGrpc.Client.Errors;

namespace TopicGrpc.Client.Calls;

/// <summary>Decides whether a failed attempt is followed by another, and after which pause.</summary>
internal sealed class RetryRule(RetryOptions options, Backoff backoff, RetryBudget budget)
{
    /// <summary>Pause before the next attempt; null: give up.</summary>
    /// <param name="failure">How the attempt ended.</param>
    /// <param name="method">Method called.</param>
    /// <param name="attempts">Attempts made, 1 or more.</param>
    /// <param name="remaining">Time left for the call.</param>
    public TimeSpan? NextDelay(Exception? failure, RpcMethod method, int attempts, TimeSpan remaining)
    {
        bool isTransient = TryReadTransient(failure, method, out TimeSpan? asked);
        if (isTransient)
        {
            budget.OnFailure();
        }

        if (!isTransient || !options.Enabled || attempts > options.MaxRetries || !budget.AllowsRetry)
        {
            return null;
        }

        // A pause that outlasts the call only delays the bad news.
        TimeSpan delay = asked ?? backoff.After(attempts);
        return delay < remaining ? delay : null;
    }

    private static bool TryReadTransient(Exception? failure, RpcMethod method, out TimeSpan? asked)
    {
        asked = null;
        switch (failure)
        {
            case TimeoutRejectedException:
                return method.IsSafe;
            case RpcException { StatusCode: StatusCode.Unavailable or StatusCode.ResourceExhausted } rpc when method.IsIdempotent:
                var server = ServerDelay.Read(rpc);
                asked = server.Delay;

                // A full queue without a delay is a quota that no waiting cures (AIP-194).
                return !server.ForbidsRetry && (asked is not null || rpc.StatusCode == StatusCode.Unavailable);
            default:
                return false;
        }
    }
}
