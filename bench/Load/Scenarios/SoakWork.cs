using System.Globalization;
using TopicGrpc.Client;
using TopicGrpc.Client.Corpora;
using TopicGrpc.Client.Errors;
using TopicGrpc.Client.Fits;
using TopicGrpc.Client.Models;
using TopicGrpc.Client.Predictions;
using TopicGrpc.Client.Settings;
using TopicGrpc.Load.Corpora;

namespace TopicGrpc.Load.Scenarios;

/// <summary>Concurrent predictions, streams, ingests, fits, label moves and deletions until canceled.</summary>
internal sealed class SoakWork(TopicGrpcClient client, string[] texts)
{
    private const int CallsPerSecond = 20;
    private const int StreamedTexts = 40;
    private const int IngestedDocuments = 200;

    private static readonly TimeSpan StreamPause = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan IngestPause = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan FitPause = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan MovePause = TimeSpan.FromMilliseconds(500);

    private int _predictions;
    private int _streamed;
    private int _ingested;
    private int _fits;
    private int _moves;
    private int _deletions;
    private int _errors;
    private string? _firstError;

    public int Errors => Volatile.Read(ref _errors);

    public string? FirstError => Volatile.Read(ref _firstError);

    public string Summary => string.Create(
        CultureInfo.InvariantCulture,
        $"{_predictions} predictions, {_streamed} texts streamed, {_ingested} documents ingested, {_fits} fits, "
        + $"{_moves} label moves, {_deletions} deletions");

    public Task RunAsync(CancellationToken cancellationToken) => Task.WhenAll(
        RepeatAsync(TimeSpan.FromSeconds(1) / CallsPerSecond, PredictAsync, cancellationToken),
        RepeatAsync(StreamPause, StreamAsync, cancellationToken),
        RepeatAsync(IngestPause, IngestAsync, cancellationToken),
        RepeatAsync(FitPause, FitAsync, cancellationToken),
        RepeatAsync(MovePause, MoveAsync, cancellationToken));

    private async Task PredictAsync(int round, CancellationToken cancellationToken)
    {
        await client.PredictAsync(
            round % 2 == 0 ? Preparation.Some : Preparation.All, texts[round % texts.Length], cancellationToken: cancellationToken);
        Interlocked.Increment(ref _predictions);
    }

    private async Task StreamAsync(int round, CancellationToken cancellationToken)
    {
        IEnumerable<string> some = Enumerable.Range(round, StreamedTexts).Select(index => texts[index % texts.Length]);
        await foreach (
            PredictionOutcome outcome in client.Predictions.PredictStreamAsync(
                Preparation.Some, some.ToAsyncEnumerable(), cancellationToken: cancellationToken))
        {
            outcome.EnsureSucceeded();
            Interlocked.Increment(ref _streamed);
        }
    }

    /// <summary>Creates, fills and deletes a corpus.</summary>
    private async Task IngestAsync(int round, CancellationToken cancellationToken)
    {
        string corpus = string.Create(CultureInfo.InvariantCulture, $"soak-{round}");
        await client.Corpora.CreateAsync(corpus, cancellationToken: cancellationToken);
        IngestResult result = await client.Corpora.IngestAsync(
            corpus,
            Enumerable.Range(0, IngestedDocuments)
                .Select(index => new TopicDocument(index.ToString(CultureInfo.InvariantCulture), texts[(round + index) % texts.Length]))
                .ToAsyncEnumerable(),
            cancellationToken: cancellationToken);
        Interlocked.Add(ref _ingested, (int)result.Accepted);
        await client.Corpora.DeleteAsync(corpus, cancellationToken: CancellationToken.None);
        Interlocked.Increment(ref _deletions);
    }

    /// <summary>Fits a version and deletes old versions that have no label.</summary>
    private async Task FitAsync(int round, CancellationToken cancellationToken)
    {
        FitRequest request = new(Preparation.Some, Preparation.Some) { Settings = new FitSettings { MinTopicSize = 10 + (round % 5) } };
        FitResult fit = await OwnFit.RunAsync(client, request, cancellationToken);
        Interlocked.Increment(ref _fits);
        await foreach (ModelVersion version in client.Models.ListVersionsAsync(Preparation.Some, cancellationToken))
        {
            if (version.Version > 3 && version.Version < fit.Version)
            {
                await client.Models.DeleteVersionAsync(Preparation.Some, version.Version, cancellationToken: CancellationToken.None);
                Interlocked.Increment(ref _deletions);
            }
        }
    }

    private async Task MoveAsync(int round, CancellationToken cancellationToken)
    {
        await client.Models.SetLabelAsync(Preparation.Some, "stable", 1 + (round % 3), cancellationToken);
        Interlocked.Increment(ref _moves);
    }

    /// <summary>Runs rounds, with a fixed period unless a round takes longer.</summary>
    private async Task RepeatAsync(TimeSpan pause, Func<int, CancellationToken, Task> work, CancellationToken cancellationToken)
    {
        using PeriodicTimer timer = new(pause);
        try
        {
            for (int round = 0; await timer.WaitForNextTickAsync(cancellationToken); round++)
            {
                try
                {
                    await work(round, cancellationToken);
                }
                catch (TopicGrpcException error) when (!cancellationToken.IsCancellationRequested)
                {
                    Interlocked.Increment(ref _errors);
                    Interlocked.CompareExchange(
                        ref _firstError, $"{work.Method.Name}: {error.Status} {error.Reason} {error.Message}", null);
                }
            }
        }
        catch (Exception exception) when (
            cancellationToken.IsCancellationRequested && exception is OperationCanceledException or TopicGrpcException)
        {
            // The duration is over.
        }
    }
}
