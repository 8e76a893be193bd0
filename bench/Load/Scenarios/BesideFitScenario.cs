using TopicGrpc.Client;
using TopicGrpc.Client.Corpora;
using TopicGrpc.Client.Fits;
using TopicGrpc.Client.Settings;
using TopicGrpc.Load.Calls;
using TopicGrpc.Load.Corpora;
using TopicGrpc.Load.Reports;

namespace TopicGrpc.Load.Scenarios;

/// <summary>Twenty calls per second: without a fit, during the stages of fits, and during the embedding of a corpus.</summary>
internal sealed class BesideFitScenario : IScenario
{
    private const double Rate = 20;
    private const string Fresh = "fresh";

    // Twice the embedding throughput, so that the embedding outlasts the calls.
    private const int FreshDocumentsPerSecond = 120;

    /// <inheritdoc/>
    public string Name => "beside-fit";

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Figure>> MeasureAsync(LoadContext context, CancellationToken cancellationToken)
    {
        LoadServer server = await context.ServerAsync("full", keepLoaded: 4, fresh: true, cancellationToken);
        TopicGrpcClient client = server.Client;
        await OpenAsync(TimeSpan.FromSeconds(3));
        CallRecord idle = await OpenAsync(context.Plan.BesideFit);
        int documents = context.Source.ReadDocuments(context.Count).Count;
        int fits = 0;
        CallRecord stages = await BesideAsync(token =>
        {
            fits++;
            return OwnFit.RunAsync(
                client, new FitRequest(Preparation.All, Preparation.All) { Settings = Preparation.Settings(documents) }, token);
        });
        await FillAsync(client, context, cancellationToken);
        CallRecord embedding = await BesideAsync(
            token =>
                OwnFit.RunAsync(
                    client, new FitRequest(Preparation.Some, Fresh) { Settings = new FitSettings { MinTopicSize = 10 } }, token));
        return
        [
            Figure.Note(
                Name,
                $"{Figure.Text(Rate)} calls/s without a fit, p50; p99",
                $"{Figure.Text(idle.P50, "ms")}; {Figure.Text(idle.P99, "ms")}"),
            Figure.AtMost(Name, $"p99 during the stages of {fits} fits of {documents} documents, over idle", 2, stages.P99 / idle.P99),
            Figure.Note(Name, "p50; p99 during the stages", $"{Figure.Text(stages.P50, "ms")}; {Figure.Text(stages.P99, "ms")}"),
            Figure.AtMost(Name, "p99 during the embedding of a corpus, over idle", 2, embedding.P99 / idle.P99),
            Figure.Note(Name, "p50; p99 during embedding", $"{Figure.Text(embedding.P50, "ms")}; {Figure.Text(embedding.P99, "ms")}"),
            Figure.Zero(
                Name,
                "calls failed",
                idle.Failures() + stages.Failures() + embedding.Failures(),
                idle.FirstFailure ?? stages.FirstFailure ?? embedding.FirstFailure),
        ];

        Task<CallRecord> OpenAsync(TimeSpan duration) => CallLoop.OpenAsync(
            Rate,
            duration,
            token => client.PredictAsync(Preparation.All + "@stable", LoadContext.ShortText, cancellationToken: token),
            cancellationToken);

        async Task<CallRecord> BesideAsync(Func<CancellationToken, Task> fit)
        {
            using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            Task fitting = RepeatAsync(fit, enough.Token);
            CallRecord record = await OpenAsync(context.Plan.BesideFit);
            await enough.CancelAsync();
            await fitting;
            return record;
        }
    }

    private static async Task RepeatAsync(Func<CancellationToken, Task> fit, CancellationToken cancellationToken)
    {
        try
        {
            while (!cancellationToken.IsCancellationRequested)
            {
                await fit(cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The duration is over.
        }
    }

    /// <summary>Creates a corpus whose texts are not embedded yet.</summary>
    private static async Task FillAsync(TopicGrpcClient client, LoadContext context, CancellationToken cancellationToken)
    {
        await client.Corpora.CreateAsync(Fresh, cancellationToken: cancellationToken);
        string[] texts = context.Texts((int)(context.Plan.BesideFit.TotalSeconds * FreshDocumentsPerSecond));
        await client.Corpora.IngestAsync(
            Fresh,
            texts.Select(
                static (text, number) =>
                    new TopicDocument(FormattableString.Invariant($"f{number}"), "Fresh. " + text)).ToAsyncEnumerable(),
            cancellationToken: cancellationToken);
    }
}
