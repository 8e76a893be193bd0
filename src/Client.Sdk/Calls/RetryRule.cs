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
        if (isTransient)
        {
            budget.OnFailure();
        }

        if (!isTransient || !options.Enabled || attempts > options.MaxRetries || !budget.AllowsRetry)
        {
            return null;
        }

        // A pause beyond the deadline only delays the failure.
        TimeSpan delay = asked ?? backoff.After(attempts);
        return delay < remaining ? delay : null;
    }

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
            case RpcException { StatusCode: StatusCode.Internal or StatusCode.Cancelled } broken when method.IsIdempotent:
                // A failure of the local connection, such as a reset by a server that ends; a server's own answer has no exception.
                return broken.Status.DebugException is IOException or HttpRequestException;
            default:
                return false;
        }
    }
}
