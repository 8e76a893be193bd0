using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using TopicGrpc.Client;
using TopicGrpc.Client.Corpora;
using TopicGrpc.Client.Fits;
using TopicGrpc.Client.Predictions;
using TopicGrpc.Server;

namespace TopicGrpc.Load;

/// <summary>One precision from an empty data folder to the figures.</summary>
internal sealed class LoadRun(TimeSpan duration, int rate)
{
    private const string Text = "The economy needs new jobs and lower taxes this year";
    private const string Name = "load";

    public async Task<LoadReport> MeasureAsync(string path, int count, string precision, CancellationToken cancellationToken)
    {
        string folder = Directory.CreateTempSubdirectory("topicgrpc-load-").FullName;
        try
        {
            await using ServerHost host = await ServerHost.StartAsync(new ServerSettings { DataDirectory = folder, Precision = precision }, cancellationToken);
            // No retries: a call that fails shall be seen.
            TopicGrpcClientOptions options = new() { Address = host.Address };
            options.Retry.Enabled = false;
            using TopicGrpcClient client = new(options);
            string[] texts = await FillAsync(client, path, count, cancellationToken);
            await client.FitAsync(new FitRequest(Name, Name) { Settings = FitSettings.Bertopic, Labels = ["stable"] }, cancellationToken: cancellationToken);
            FitResult second = await client.FitAsync(new FitRequest(Name, Name) { Settings = new FitSettings { MinTopicSize = 15 } }, cancellationToken: cancellationToken);
            return await MeasureAsync(client, precision, second, texts, cancellationToken);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<string[]> FillAsync(TopicGrpcClient client, string path, int count, CancellationToken cancellationToken)
    {
        List<TopicDocument> documents = [];
        await foreach (string line in File.ReadLinesAsync(path, cancellationToken))
        {
            if (documents.Count == count)
            {
                break;
            }

            using var document = JsonDocument.Parse(line);
            documents.Add(new TopicDocument(document.RootElement.GetProperty("id").GetString()!, document.RootElement.GetProperty("text").GetString()!));
        }

        await client.Corpora.CreateAsync(Name, cancellationToken: cancellationToken);
        await client.Corpora.IngestAsync(Name, documents.ToAsyncEnumerable(), cancellationToken: cancellationToken);
        return [.. documents.Select(static document => document.Text)];
    }

    private async Task<LoadReport> MeasureAsync(TopicGrpcClient client, string precision, FitResult fit, string[] texts, CancellationToken cancellationToken)
    {
        Prediction first = await client.PredictAsync(Name, Text, new PredictOptions { IncludeEmbedding = true }, cancellationToken);
        await CallLoop.ClosedAsync(4, TimeSpan.FromSeconds(2), token => client.PredictAsync(Name, Text, cancellationToken: token), cancellationToken);
        ConcurrentBag<ServerTiming> timings = [];
        CallFigures one = await CallLoop.ClosedAsync(1, duration, async token => timings.Add((await client.PredictAsync(Name, Text, cancellationToken: token)).Timing), cancellationToken);
        CallFigures eight = await CallLoop.ClosedAsync(8, duration, token => client.PredictAsync(Name, Text, cancellationToken: token), cancellationToken);
        CallFigures embedding = await CallLoop.ClosedAsync(1, duration, token => client.Predictions.PredictEmbeddingAsync(Name, first.Embedding, cancellationToken: token), cancellationToken);
        CallFigures embeddings = await CallLoop.ClosedAsync(32, duration, token => client.Predictions.PredictEmbeddingAsync(Name, first.Embedding, cancellationToken: token), cancellationToken);
        long streamStarted = Stopwatch.GetTimestamp();
        int streamed = 0;
        await foreach (PredictionOutcome outcome in client.Predictions.PredictStreamAsync(Name, texts.Take(500).ToAsyncEnumerable(), cancellationToken: cancellationToken))
        {
            outcome.EnsureSucceeded();
            streamed++;
        }

        double streamRate = streamed / Stopwatch.GetElapsedTime(streamStarted).TotalSeconds;
        CallFigures calm = await CallLoop.OpenAsync(rate, duration, token => client.PredictAsync(Name, Text, cancellationToken: token), cancellationToken);
        using var moving = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task<int> moves = MoveAsync(client, moving.Token);
        ConcurrentBag<long> versions = [];
        CallFigures moved = await CallLoop.OpenAsync(rate, duration, async token => versions.Add((await client.PredictAsync(Name, Text, cancellationToken: token)).Version), cancellationToken);
        await moving.CancelAsync();
        using var process = Process.GetCurrentProcess();
        return new LoadReport
        {
            Precision = precision,
            Documents = texts.Length,
            Topics = fit.Report.TopicCount,
            Tokens = first.TokenCount,
            OneInFlight = one,
            ServerShareP50Milliseconds = Median(timings, static timing => timing.Total - timing.Tokenization - timing.Inference - timing.Assignment),
            InferenceP50Milliseconds = Median(timings, static timing => timing.Inference),
            EightInFlight = eight,
            EmbeddingOneInFlight = embedding,
            EmbeddingThirtyTwoInFlight = embeddings,
            StreamTextsPerSecond = Math.Round(streamRate, 1),
            OpenLoop = calm,
            OpenLoopWithMoves = moved,
            Moves = await moves,
            P99Ratio = Math.Round(moved.P99 / calm.P99, 2),
            AnswersByOthers = versions.Count(static version => version is not (1 or 2)),
            ResidentMegabytes = Math.Round(process.WorkingSet64 / 1048576.0, 1),
        };
    }

    private static async Task<int> MoveAsync(TopicGrpcClient client, CancellationToken cancellationToken)
    {
        int moves = 0;
        using PeriodicTimer timer = new(TimeSpan.FromMilliseconds(100));
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
            {
                await client.Models.SetLabelAsync(Name, "stable", 1 + (moves % 2), CancellationToken.None);
                moves++;
            }
        }
        catch (OperationCanceledException)
        {
            // Enough.
        }

        return moves;
    }

    private static double Median(IEnumerable<ServerTiming> timings, Func<ServerTiming, TimeSpan> part) =>
        CallFigures.Quantile([.. timings.Select(timing => part(timing).TotalMilliseconds).Order()], 0.5);
}
