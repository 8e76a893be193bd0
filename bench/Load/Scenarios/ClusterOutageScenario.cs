using System.Globalization;
using TopicGrpc.Client;
using TopicGrpc.Client.Corpora;
using TopicGrpc.Load.Clusters;
using TopicGrpc.Load.Reports;
using TopicGrpc.Testing.ObjectStore;

namespace TopicGrpc.Load.Scenarios;

/// <summary>
/// PostgreSQL ends and starts again; then the object store rejects all calls, is slow, and cuts connections. Predictions continue, writes
/// wait or are rejected with a delay, and an upload and fits that run meanwhile lose nothing.
/// </summary>
internal sealed class ClusterOutageScenario : IScenario
{
    private const int Predictors = 4;
    private const double RecoveryTarget = 15;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan RecoveryLimit = TimeSpan.FromMinutes(1);

    /// <inheritdoc/>
    public string Name => "cluster-outage";

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Figure>> MeasureAsync(LoadContext context, CancellationToken cancellationToken)
    {
        if (LoadCluster.Missing is { } reason)
        {
            return [Figure.Skipped(Name, "predictions that fail during outages", "0", reason)];
        }

        await using S3Stub store = await S3Stub.StartAsync(cancellationToken);
        await using LoadCluster cluster = await LoadCluster.StartAsync(OptionsOf(store), cancellationToken);
        (string, Action, Action)[] outages =
        [
            ("PostgreSQL away", cluster.StopDatabase, cluster.StartDatabase),
            ("store away", () => store.IsAway = true, () => store.IsAway = false),
            ("store slow", () => store.Delay = Slow, () => store.Delay = TimeSpan.Zero),
            ("store cuts", () => store.Cuts = true, () => store.Cuts = false),
        ];
        return await MeasureAsync(context.Plan.Cluster, cluster, cluster.Client(), outages, cancellationToken);
    }

    /// <param name="plan">Durations and counts.</param>
    /// <param name="cluster">Cluster.</param>
    /// <param name="worker">Client of everything but predictions and writes.</param>
    /// <param name="outages">Name, start and end of each outage.</param>
    /// <param name="cancellationToken">Ends the scenario.</param>
    private async Task<IReadOnlyList<Figure>> MeasureAsync(
        ClusterPlan plan,
        LoadCluster cluster,
        TopicGrpcClient worker,
        (string Name, Action Begin, Action End)[] outages,
        CancellationToken cancellationToken)
    {
        ClusterWork work = new(await ExpectedAnswers.ReadAsync(worker, cancellationToken));
        PacedDocuments documents = new(plan.Documents / 10, outages.Length * (plan.Outage + Pause));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task<IngestResult> upload = documents.UploadAsync(worker, cancellationToken);
        var running = Task.WhenAll(
        [
            .. Enumerable.Range(0, Predictors).Select(_ => work.PredictAsync(cluster.Client(), stop.Token)),
            work.FitAsync(worker, stop.Token),
        ]);
        List<Figure> figures = [];
        foreach ((string outage, Action begin, Action end) in outages)
        {
            OutageWrites writes = new();
            begin();
            await WriteAsync(cluster, writes, plan.Outage, end, cancellationToken);
            TimeSpan recovery = await OutageWrites.UntilSuccessAsync(worker, "canary", RecoveryLimit);
            figures.AddRange(writes.Check(Name, outage));
            figures.Add(Figure.AtMost(
                Name,
                string.Create(CultureInfo.InvariantCulture, $"first label move after {plan.Outage.TotalSeconds:0} s ({outage})"),
                RecoveryTarget,
                recovery.TotalSeconds,
                "s"));
            await Task.Delay(Pause, cancellationToken);
        }

        await stop.CancelAsync();
        await running;
        IngestResult result = await upload;
        return
        [
            .. figures,
            .. work.CheckPredictions(Name),
            .. await work.CheckFitsAsync(Name, worker, cancellationToken),
            .. await documents.CheckAsync(Name, cluster, result, cancellationToken),
        ];
    }

    private static Dictionary<string, string> OptionsOf(S3Stub store) => new()
    {
        ["Cluster:ObjectStore:S3:Url"] = store.Address.ToString(),
        ["Cluster:ObjectStore:S3:Bucket"] = S3Stub.Bucket,
        ["Cluster:ObjectStore:S3:AccessKeyId"] = S3Stub.KeyId,
        ["Cluster:ObjectStore:S3:SecretAccessKey"] = "secret",
    };

    /// <summary>Writes at every member during an outage, which ends after its time also if a write fails.</summary>
    private static async Task WriteAsync(
        LoadCluster cluster, OutageWrites writes, TimeSpan duration, Action end, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var running = Task.WhenAll(cluster.ClientsOfMembers().Select(
            (client, index) => writes.RunAsync(client, string.Create(CultureInfo.InvariantCulture, $"canary_{index}"), stop.Token)));
        try
        {
            await Task.Delay(duration, cancellationToken);
        }
        finally
        {
            end();
            await stop.CancelAsync();
            await running;
        }
    }
}
