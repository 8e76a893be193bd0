using System.Diagnostics;
using TopicGrpc.Client;
using TopicGrpc.Client.Errors;
using TopicGrpc.Load.Reports;

namespace TopicGrpc.Load.Clusters;

/// <summary>
/// Label moves without retries during an outage. Each waits until it succeeds, or is rejected with a delay; any other end is wrong.
/// </summary>
internal sealed class OutageWrites
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(500);

    private int _succeeded;
    private int _delayed;
    private int _wrong;
    private string? _firstWrong;

    /// <summary>Moves a label of its own at one member until canceled; the last move ends.</summary>
    public async Task RunAsync(TopicGrpcClient client, string label, CancellationToken stop)
    {
        for (int move = 0; !stop.IsCancellationRequested; move++)
        {
            try
            {
                await client.Models.SetLabelAsync(LoadCluster.News, label, 2 - (move % 2), CancellationToken.None);
                Interlocked.Increment(ref _succeeded);
            }
            catch (ServerUnavailableException rejected) when (rejected.RetryAfter is not null)
            {
                Interlocked.Increment(ref _delayed);
            }
            catch (TopicGrpcException failure)
            {
                Interlocked.Increment(ref _wrong);
                Interlocked.CompareExchange(ref _firstWrong, $"{failure.Status} {failure.Message}", null);
            }

            await Task.Delay(Period, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Returns the counts.</summary>
    public IReadOnlyList<Figure> Check(string scenario, string outage) =>
    [
        Figure.Note(
            scenario,
            $"label moves without retries that succeeded; that were rejected with a delay ({outage})",
            $"{_succeeded}; {_delayed}"),
        Figure.Zero(scenario, $"label moves with another end ({outage})", _wrong, _firstWrong),
    ];

    /// <summary>Moves a label until it succeeds.</summary>
    /// <returns>Time until then.</returns>
    public static async Task<TimeSpan> UntilSuccessAsync(TopicGrpcClient client, string label, TimeSpan limit)
    {
        long started = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                await client.Models.SetLabelAsync(LoadCluster.News, label, 1, CancellationToken.None);
                return Stopwatch.GetElapsedTime(started);
            }
            catch (ServerUnavailableException) when (Stopwatch.GetElapsedTime(started) < limit)
            {
                await Task.Delay(Period, CancellationToken.None);
            }
        }
    }
}
