using TopicGrpc.Client;
using TopicGrpc.Load.Corpora;

namespace TopicGrpc.Load.Scenarios;

/// <summary>Calls without a version, while the label that selects the version moves.</summary>
internal sealed class MovedCalls(TopicGrpcClient client, int versions)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private int _begun;
    private int _ended;
    private long _settled = 1;
    private int _wrongAnswers;

    /// <summary>Number of moves.</summary>
    public int Moves => Volatile.Read(ref _ended);

    /// <summary>Number of answers from a version that the label did not select.</summary>
    public int WrongAnswers => Volatile.Read(ref _wrongAnswers);

    public async Task CallAsync(CancellationToken cancellationToken)
    {
        // If no move ran during the call, only one version can answer.
        int ended = Volatile.Read(ref _ended);
        long settled = Interlocked.Read(ref _settled);
        bool isQuiet = Volatile.Read(ref _begun) == ended;
        long version = (await client.PredictAsync(Preparation.Some, LoadContext.ShortText, cancellationToken: cancellationToken)).Version;
        bool isKnown = version >= 1 && version <= versions;
        bool isStale = isQuiet && Volatile.Read(ref _begun) == ended && version != settled;
        if (!isKnown || isStale)
        {
            Interlocked.Increment(ref _wrongAnswers);
        }
    }

    /// <summary>Moves the label every 100 ms until canceled.</summary>
    public async Task MoveAsync(CancellationToken cancellationToken)
    {
        using PeriodicTimer timer = new(Interval);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
            {
                long target = (_settled % versions) + 1;
                Interlocked.Increment(ref _begun);
                await client.Models.SetLabelAsync(Preparation.Some, "stable", target, CancellationToken.None);
                Interlocked.Exchange(ref _settled, target);
                Interlocked.Increment(ref _ended);
            }
        }
        catch (OperationCanceledException)
        {
            // The duration is over.
        }
    }
}
