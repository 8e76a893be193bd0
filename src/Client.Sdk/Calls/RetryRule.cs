using Grpc.Core;
using Polly.Timeout;
using TopicGrpc.Client.Balancing;
using TopicGrpc.Client.Configuration;
using TopicGrpc.Client.Errors;

namespace TopicGrpc.Client.Calls;

/// <summary>Decides whether a failed attempt is retried, and after which pause.</summary>
internal sealed class RetryRule(RetryOptions options, Backoff backoff, RetryBudget budget, MemberHealth? health = null)
{
    /// <summary>Returns the pause before the next attempt; null for no retry.</summary>
    /// <param name="failure">Exception of the attempt.</param>
    /// <param name="method">Method called.</param>
    /// <param name="attempts">Attempts made, 1 or more.</param>
    /// <param name="remaining">Time left for the call.</param>
    public TimeSpan? NextDelay(Exception? failure, RpcMethod method, int attempts, TimeSpan remaining)
    {
        bool isTransient = TryReadTransient(failure, method, out TimeSpan? asked);
        bool isFree = isTransient && IsForAnotherServer(failure);
        if (isTransient && !isFree)
        {
            budget.OnFailure();
        }

        if (!isTransient || !options.Enabled || attempts > options.MaxRetries || !(isFree || budget.AllowsRetry))
        {
            return null;
        }

        // A pause beyond the deadline only delays the failure.
        TimeSpan delay = asked ?? backoff.After(attempts);
        return delay < remaining ? delay : null;
    }

    // All calls in flight fail when one server of several ends. The others are not overloaded, which is what the budget protects from.
    private bool IsForAnotherServer(Exception? failure) =>
        health is { HasReadyServer: true }
            && failure is RpcException rpc
            && (rpc.StatusCode == StatusCode.Unavailable || ErrorTranslation.IsBroken(rpc));

    private bool TryReadTransient(Exception? failure, RpcMethod method, out TimeSpan? asked)
    {
        asked = null;
        switch (failure)
        {
            case TimeoutRejectedException:
                return method.IsSafe;
            case RpcException { StatusCode: StatusCode.Unavailable or StatusCode.ResourceExhausted } rpc when method.IsIdempotent:
                var server = ServerDelay.Read(rpc);
                asked = server.Delay;

                // RESOURCE_EXHAUSTED without a delay means a quota, which a retry cannot fix (AIP-194).
                bool isTransient = !server.ForbidsRetry && (asked is not null || rpc.StatusCode == StatusCode.Unavailable);
                asked = rpc.StatusCode == StatusCode.Unavailable && health is not null ? health.DelayOf(asked) : asked;
                return isTransient;
            case RpcException broken when method.IsIdempotent:
                return ErrorTranslation.IsBroken(broken);
            default:
                return false;
        }
    }
}
