using System.Diagnostics;
using System.Globalization;
using TopicGrpc.Client;
using TopicGrpc.Client.Corpora;
using TopicGrpc.Client.Fits;
using TopicGrpc.Client.Models;
using TopicGrpc.Load.Clusters;
using TopicGrpc.Load.Reports;
using TopicGrpc.Testing;
using TopicGrpc.Testing.Processes;

namespace TopicGrpc.Load.Scenarios;

/// <summary>
/// The member that runs a fit is paused (SIGSTOP) for longer than the time of its lease, and continues. Another member finishes the fit;
/// the paused one changes nothing and ends. A fit of the same documents without a pause has the same files.
/// </summary>
internal sealed class ClusterPauseScenario : IScenario
{
    private const string Paused = "paused";
    private const string Calm = "calm";

    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan RunnerLimit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan EndLimit = TimeSpan.FromMinutes(1);

    // A text takes 50 ms, so that the pause starts during the fit.
    private static readonly Dictionary<string, string> Options = new() { ["delay"] = "50" };

    /// <inheritdoc/>
    public string Name => "cluster-pause";

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Figure>> MeasureAsync(LoadContext context, CancellationToken cancellationToken)
    {
        if (LoadCluster.Missing is { } reason)
        {
            return [Figure.Skipped(Name, "versions of a fit whose coordinator is paused", "1", reason)];
        }

        await using LoadCluster cluster = await LoadCluster.StartAsync(Options, cancellationToken);
        return await MeasureAsync(context.Plan.Cluster.Pause, cluster, cluster.Client(), cancellationToken);
    }

    private static IEnumerable<TopicDocument> Documents() => Enumerable.Range(0, 200)
        .Select(static index => new TopicDocument(FormattableString.Invariant($"p{index:000}"), ThemedTexts.Text(1000 + index)));

    private async Task<IReadOnlyList<Figure>> MeasureAsync(
        TimeSpan pause, LoadCluster cluster, TopicGrpcClient client, CancellationToken cancellationToken)
    {
        await client.IngestAsync(Paused, Documents().ToAsyncEnumerable(), cancellationToken: cancellationToken);
        ClusterWork work = new(await ExpectedAnswers.ReadAsync(client, cancellationToken));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task predictions = work.PredictAsync(client, stop.Token);

        FitHandle fit = await client.Fits.StartAsync(
            new FitRequest(Paused, Paused) { Settings = LoadCluster.Settings(), Labels = [LoadCluster.Label] }, cancellationToken);
        MemberProcess runner = await FindRunnerAsync(cluster, cancellationToken);
        long started = Stopwatch.GetTimestamp();
        runner.Pause();
        TimeSpan? ended = null;
        bool hasSucceeded = false;
        while (Stopwatch.GetElapsedTime(started) < pause)
        {
            FitInfo state = await fit.GetAsync(cancellationToken);
            ended ??= state.HasEnded ? Stopwatch.GetElapsedTime(started) : null;
            hasSucceeded = state.State == FitState.Succeeded;
            await Task.Delay(Poll, cancellationToken);
        }

        runner.Resume();
        int? exit = await EndAsync(runner, cancellationToken);
        await LoadCluster.RestartAsync(runner, cancellationToken);
        await stop.CancelAsync();
        await predictions;
        bool isSame = await IsSameAsync(client, cancellationToken);
        return
        [
            Figure.AtMost(
                Name,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"end of the fit after the start of a pause of its coordinator of {pause.TotalSeconds:0} s"),
                pause.TotalSeconds,
                ended?.TotalSeconds ?? double.PositiveInfinity,
                "s"),
            Figure.Same(Name, "state of the fit, and SUCCEEDED", hasSucceeded),
            Figure.Zero(Name, "versions of the fit but one, at all members", await WrongVersionsAsync(cluster, cancellationToken)),
            Figure.Same(Name, "files of the version, and those of a fit without a pause", isSame),
            Figure.Same(Name, "exit code of the member that continued, and 1", exit == 1),
            .. work.CheckPredictions(Name),
        ];
    }

    private static async Task<MemberProcess> FindRunnerAsync(LoadCluster cluster, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(RunnerLimit);
        while (true)
        {
            if (await cluster.FindRunnerAsync(limit.Token) is { } runner)
            {
                return runner;
            }

            await Task.Delay(Poll, limit.Token);
        }
    }

    /// <returns>Exit code of a member; null: it had to be killed.</returns>
    private static async Task<int?> EndAsync(MemberProcess member, CancellationToken cancellationToken)
    {
        try
        {
            return await member.WaitForEndAsync(cancellationToken).WaitAsync(EndLimit, cancellationToken);
        }
        catch (TimeoutException)
        {
            await member.KillAsync(cancellationToken);
            return null;
        }
    }

    private static async Task<long> WrongVersionsAsync(LoadCluster cluster, CancellationToken cancellationToken)
    {
        long wrong = 0;
        foreach (MemberProcess member in cluster.Members)
        {
            using TopicGrpcClient client = new(member.Address);
            List<ModelVersion> versions = await client.Models.ListVersionsAsync(Paused, cancellationToken).ToListAsync(cancellationToken);
            long answered = (await client.PredictAsync(Paused, ThemedTexts.Text(0), cancellationToken: cancellationToken)).Version;
            wrong += Math.Abs(versions.Count - 1) + (answered == versions[0].Version ? 0 : 1);
        }

        return wrong;
    }

    /// <summary>Fits the same documents again and compares the exported files.</summary>
    private static async Task<bool> IsSameAsync(TopicGrpcClient client, CancellationToken cancellationToken)
    {
        await client.FitAsync(new FitRequest(Calm, Paused) { Settings = LoadCluster.Settings() }, cancellationToken: cancellationToken);
        using TempFolder folder = new();
        ExportedModel one = await client.Models.ExportAsync(Paused + "@" + LoadCluster.Label, folder.At(Paused), cancellationToken);
        ExportedModel other = await client.Models.ExportAsync(Calm + "@1", folder.At(Calm), cancellationToken);
        return one.Files.SequenceEqual(other.Files);
    }
}
