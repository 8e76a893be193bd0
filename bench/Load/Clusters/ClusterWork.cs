using System.Diagnostics;
using TopicGrpc.Client;
using TopicGrpc.Client.Fits;
using TopicGrpc.Client.Predictions;
using TopicGrpc.Load.Calls;
using TopicGrpc.Load.Reports;

namespace TopicGrpc.Load.Clusters;

/// <summary>
/// Work of clients on a cluster: predictions, label moves and fits. Counts errors that reach a client after its retries, and answers that
/// break a promise. The loops run until canceled; the last call of each ends.
/// </summary>
internal sealed class ClusterWork(ExpectedAnswers expected)
{
    /// <summary>Model whose label follows its fits, so its version never becomes smaller.</summary>
    private const string Rising = "rising";

    private const int RisingPeriod = 5;

    private static readonly TimeSpan PredictPeriod = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan MovePeriod = TimeSpan.FromMilliseconds(200);

    private readonly LabelHistory _label = new(first: 1);
    private readonly CallRecord _predictions = new();
    private readonly CallRecord _moves = new();
    private readonly CallRecord _fits = new();
    private int _mixed;
    private int _older;
    private int _unordered;
    private long _lastFitted;

    /// <summary>Predicts by labels, ten times a second.</summary>
    public async Task PredictAsync(TopicGrpcClient client, CancellationToken stop)
    {
        int seen = 0;
        long risen = 0;
        for (int call = 0; !stop.IsCancellationRequested; call++)
        {
            long started = Stopwatch.GetTimestamp();
            int number = call;
            if (call % RisingPeriod == 0 && Interlocked.Read(ref _lastFitted) > 0)
            {
                await CallLoop.RecordAsync(_predictions, async token => risen = await RisingAsync(client, risen, token), default);
            }
            else
            {
                await CallLoop.RecordAsync(_predictions, async token => seen = await LabeledAsync(client, number, seen, token), default);
            }

            await WaitAsync(PredictPeriod - Stopwatch.GetElapsedTime(started), stop);
        }
    }

    /// <summary>Moves the label between both versions, five times a second.</summary>
    public async Task MoveAsync(TopicGrpcClient client, CancellationToken stop)
    {
        for (int move = 0; !stop.IsCancellationRequested; move++)
        {
            long started = Stopwatch.GetTimestamp();
            long version = 2 - (move % 2);
            await CallLoop.RecordAsync(_moves, token => MoveAsync(client, version, token), default);
            await WaitAsync(MovePeriod - Stopwatch.GetElapsedTime(started), stop);
        }
    }

    /// <summary>Fits one version after the other, each of which gets the label.</summary>
    public async Task FitAsync(TopicGrpcClient client, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            await CallLoop.RecordAsync(_fits, token => FitOnceAsync(client, token), default);
            await WaitAsync(MovePeriod, stop);
        }
    }

    /// <summary>Compares the predictions with the promises. The loops have ended.</summary>
    public IReadOnlyList<Figure> CheckPredictions(string scenario) =>
    [
        Figure.Note(
            scenario,
            "predictions; p50, p99 and longest",
            $"{_predictions.Count(CallOutcome.Answered)}; {Figure.Text(_predictions.P50)}, {Figure.Text(_predictions.P99)}, "
                + Figure.Text(_predictions.Quantile(1, CallOutcome.Answered), "ms")),
        Figure.Zero(scenario, "predictions that failed after the retries of the SDK", _predictions.Failures(), _predictions.FirstFailure),
        Figure.Zero(scenario, "answers with parts of another version", _mixed),
        Figure.Zero(scenario, "answers of an older version after a newer one, or after a move returned", _older),
    ];

    /// <summary>Compares the label moves with the promises.</summary>
    public IReadOnlyList<Figure> CheckMoves(string scenario) =>
    [
        Figure.AtLeast(scenario, "label moves", 1, _label.Moves),
        Figure.Zero(scenario, "label moves that failed after the retries of the SDK", _moves.Failures(), _moves.FirstFailure),
    ];

    /// <summary>Compares the fits with the promises.</summary>
    public async Task<IReadOnlyList<Figure>> CheckFitsAsync(string scenario, TopicGrpcClient client, CancellationToken cancellationToken)
    {
        int fits = _fits.Count(CallOutcome.Answered);
        int versions = fits == 0 ? 0 : await client.Models.ListVersionsAsync(Rising, cancellationToken).CountAsync(cancellationToken);
        return
        [
            Figure.AtLeast(scenario, "fits", 1, fits),
            Figure.Zero(scenario, "fits that failed", _fits.Failures(), _fits.FirstFailure),
            Figure.Zero(scenario, "difference of fits and versions", Math.Abs(fits - versions)),
            Figure.Zero(scenario, "fits whose version is not above that of the fit before", _unordered),
        ];
    }

    private static async Task WaitAsync(TimeSpan time, CancellationToken stop)
    {
        if (time > TimeSpan.Zero)
        {
            await Task.Delay(time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <returns>Place of the answer in the history of the label.</returns>
    private async Task<int> LabeledAsync(TopicGrpcClient client, int call, int seen, CancellationToken cancellationToken)
    {
        int from = Math.Max(seen, _label.Completed);
        Prediction answer = await client.PredictAsync(
            LoadCluster.News + "@" + LoadCluster.Label, ExpectedAnswers.Text(call), ExpectedAnswers.Options, cancellationToken);
        if (!expected.Matches(call, answer))
        {
            Interlocked.Increment(ref _mixed);
        }

        if (_label.Find(answer.Version, from) is { } place)
        {
            return place;
        }

        Interlocked.Increment(ref _older);
        return from;
    }

    /// <returns>The version that answered.</returns>
    private async Task<long> RisingAsync(TopicGrpcClient client, long risen, CancellationToken cancellationToken)
    {
        long from = Math.Max(risen, Interlocked.Read(ref _lastFitted));
        Prediction answer = await client.PredictAsync(
            Rising + "@" + LoadCluster.Label, ExpectedAnswers.Text(0), cancellationToken: cancellationToken);
        if (answer.Version < from)
        {
            Interlocked.Increment(ref _older);
        }

        return Math.Max(from, answer.Version);
    }

    private async Task MoveAsync(TopicGrpcClient client, long version, CancellationToken cancellationToken)
    {
        _label.Begin(version);
        await client.Models.SetLabelAsync(LoadCluster.News, LoadCluster.Label, version, cancellationToken);
        _label.Complete();
    }

    private async Task FitOnceAsync(TopicGrpcClient client, CancellationToken cancellationToken)
    {
        FitRequest request = new(Rising, LoadCluster.News) { Settings = LoadCluster.Settings(), Labels = [LoadCluster.Label] };
        long version = (await client.FitAsync(request, cancellationToken: cancellationToken)).Version;
        if (version <= Interlocked.Exchange(ref _lastFitted, version))
        {
            _unordered++;
        }
    }
}
