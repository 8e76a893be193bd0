using TopicGrpc.Client;
using TopicGrpc.Load.Corpora;

namespace TopicGrpc.Load.Scenarios;

/// <summary>Calls that name no version, beside moves of the label that answers them round a number of versions.</summary>
internal sealed class MovedCalls(TopicGrpcClient client, int versions)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private int _begun;
    private int _ended;
    private long _settled = 1;
    private int _wrongAnswers;

    /// <summary>Moves so far.</summary>
    public int Moves => Volatile.Read(ref _ended);

    /// <summary>Answers by a version that could not have answered.</summary>
    public int WrongAnswers => Volatile.Read(ref _wrongAnswers);

    public async Task CallAsync(CancellationToken cancellationToken)
    {
        // Where no move is at work from before the call to its end, one version only can answer.
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

    /// <summary>Moves the label every tenth of a second, until told to stop.</summary>
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
            // Enough.
        }
    }
}
