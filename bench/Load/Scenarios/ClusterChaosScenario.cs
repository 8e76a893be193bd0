using System.Diagnostics;
using System.Globalization;
using TopicGrpc.Client;
using TopicGrpc.Client.Corpora;
using TopicGrpc.Load.Calls;
using TopicGrpc.Load.Clusters;
using TopicGrpc.Load.Reports;
using TopicGrpc.Testing.Processes;

namespace TopicGrpc.Load.Scenarios;

/// <summary>
/// A random one of three members is killed every five seconds and started again, while a client uploads documents, one fits, one moves a
/// label, and eight predict. A member is killed only while another one is ready.
/// </summary>
internal sealed class ClusterChaosScenario : IScenario
{
    private const int Seed = 19;
    private const int Predictors = 8;
    private const double FirstAnswerTarget = 3;

    // A kill may have to wait until a second member is ready again.
    private const double KillShare = 0.8;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(100);

    private static readonly Dictionary<string, string> Options = new()
    {
        // By default, a fit that three stops interrupt counts as one that ends its server.
        ["Fits:MaxAttempts"] = "100",
    };

    /// <inheritdoc/>
    public string Name => "cluster-chaos";

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Figure>> MeasureAsync(LoadContext context, CancellationToken cancellationToken)
    {
        if (LoadCluster.Missing is { } reason)
        {
            return [Figure.Skipped(Name, "first answer of a survivor after a kill", "≤ 3 s", reason)];
        }

        await using LoadCluster cluster = await LoadCluster.StartAsync(Options, cancellationToken);
        return await MeasureAsync(context.Plan.Cluster, cluster, cluster.Client(), cancellationToken);
    }

    /// <param name="plan">Durations and counts.</param>
    /// <param name="cluster">Cluster.</param>
    /// <param name="worker">Client of everything but predictions.</param>
    /// <param name="cancellationToken">Ends the scenario.</param>
    private async Task<IReadOnlyList<Figure>> MeasureAsync(
        ClusterPlan plan, LoadCluster cluster, TopicGrpcClient worker, CancellationToken cancellationToken)
    {
        ClusterWork work = new(await ExpectedAnswers.ReadAsync(worker, cancellationToken));
        PacedDocuments documents = new(plan.Documents, plan.Chaos);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task<IngestResult> upload = documents.UploadAsync(worker, cancellationToken);
        var running = Task.WhenAll(
        [
            .. Enumerable.Range(0, Predictors).Select(_ => work.PredictAsync(cluster.Client(), stop.Token)),
            work.MoveAsync(worker, stop.Token),
            work.FitAsync(worker, stop.Token),
        ]);
        List<double> answers = await KillAsync(cluster, plan.Chaos, cancellationToken);
        await stop.CancelAsync();
        await running;
        IngestResult result = await upload;
        return
        [
            Figure.AtLeast(
                Name,
                string.Create(
                    CultureInfo.InvariantCulture, $"kills in {plan.Chaos.TotalSeconds:0} s, one every {Interval.TotalSeconds:0} s"),
                Math.Max(1, Math.Floor(KillShare * (plan.Chaos / Interval))),
                answers.Count),
            Figure.AtMost(Name, "first answer of a survivor after a kill, longest", FirstAnswerTarget, Quantiles.Of([.. answers], 1), "s"),
            Figure.Note(
                Name, "first answer of a survivor after a kill, median", Figure.Text(Quantiles.Of([.. answers], 0.5), "s")),
            .. work.CheckPredictions(Name),
            .. work.CheckMoves(Name),
            .. await work.CheckFitsAsync(Name, worker, cancellationToken),
            .. await documents.CheckAsync(Name, cluster, result, cancellationToken),
        ];
    }

    /// <returns>Seconds from each kill to the answer of the next prediction of one client.</returns>
    private static async Task<List<double>> KillAsync(LoadCluster cluster, TimeSpan duration, CancellationToken cancellationToken)
    {
        Random random = new(Seed);
        TopicGrpcClient client = cluster.Client();
        var starts = cluster.Members.ToDictionary(static member => member, static _ => Task.CompletedTask);
        List<double> answers = [];
        long started = Stopwatch.GetTimestamp();
        for (TimeSpan due = Interval; due <= duration; due += Interval)
        {
            MemberProcess[] ready;
            while ((ready = [.. cluster.Members.Where(member => starts[member].IsCompletedSuccessfully)]).Length < 2
                || Stopwatch.GetElapsedTime(started) < due)
            {
                await Task.Delay(Poll, cancellationToken);

                // A member that does not start ends the scenario with its output.
                await Task.WhenAll(starts.Values.Where(static start => start.IsFaulted));
            }

            if (Stopwatch.GetElapsedTime(started) > duration + Interval)
            {
                break;
            }

            MemberProcess victim = ready[random.Next(ready.Length)];
            await victim.KillAsync(cancellationToken);
            long killed = Stopwatch.GetTimestamp();
            starts[victim] = LoadCluster.RestartAsync(victim, cancellationToken);
            await client.PredictAsync(LoadCluster.News, ExpectedAnswers.Text(answers.Count), cancellationToken: cancellationToken);
            answers.Add(Stopwatch.GetElapsedTime(killed).TotalSeconds);
        }

        await Task.WhenAll(starts.Values);
        return answers;
    }
}
