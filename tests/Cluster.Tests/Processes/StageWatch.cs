using System.Collections.Concurrent;
using TopicGrpc.Client;
using TopicGrpc.Client.Errors;
using TopicGrpc.Client.Fits;
using TopicGrpc.Testing.Processes;

namespace TopicGrpc.Cluster.Tests.Processes;

/// <summary>
/// Watches a fit at every member, because the member that runs it reports a stage at once. Each stage of interest is taken once.
/// </summary>
internal sealed class StageWatch(MemberCluster cluster, string fit, IReadOnlyCollection<string> stages)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly ConcurrentDictionary<string, bool> _seen = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _waiting = new();
    private readonly ConcurrentQueue<string> _taken = new();
    private volatile bool _hasEnded;

    /// <summary>The stages that were taken, in their order.</summary>
    public IReadOnlyCollection<string> Seen => _taken;

    /// <summary>Takes a stage in which the fit has been seen for the first time.</summary>
    public bool TryTake()
    {
        if (!_waiting.TryDequeue(out string? stage))
        {
            return false;
        }

        _taken.Enqueue(stage);
        return true;
    }

    /// <summary>Watches until the fit has ended.</summary>
    public Task RunAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(cluster.Members.Select(member => WatchAsync(member, cancellationToken)));

    private async Task WatchAsync(MemberProcess member, CancellationToken cancellationToken)
    {
        while (!_hasEnded)
        {
            try
            {
                using TopicGrpcClient client = new(member.Address);
                await foreach (FitEvent item in client.Fits.WatchAsync(fit, cancellationToken: cancellationToken))
                {
                    _hasEnded |= item.Fit.HasEnded;
                    string stage = item.Fit.Progress.Stage.ToString();
                    if (stages.Contains(stage) && _seen.TryAdd(stage, true))
                    {
                        _waiting.Enqueue(stage);
                    }
                }
            }
            catch (TopicGrpcException)
            {
                // The member was killed.
            }

            await Task.Delay(Pause, cancellationToken);
        }
    }
}
