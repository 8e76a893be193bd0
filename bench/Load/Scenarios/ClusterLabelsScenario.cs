using System.Diagnostics;
using System.Globalization;
using TopicGrpc.Client;
using TopicGrpc.Client.Models;
using TopicGrpc.Load.Calls;
using TopicGrpc.Load.Clusters;
using TopicGrpc.Load.Reports;

namespace TopicGrpc.Load.Scenarios;

/// <summary>
/// A label moves ten times a second, in turn at each of three members. When a move has returned, all members are asked which version
/// answers.
/// </summary>
internal sealed class ClusterLabelsScenario : IScenario
{
    private const double Rate = 10;
    private const double Target = 100;
    private const double RateShare = 0.95;
    private const int WarmMoves = 60;

    /// <inheritdoc/>
    public string Name => "cluster-labels";

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Figure>> MeasureAsync(LoadContext context, CancellationToken cancellationToken)
    {
        if (LoadCluster.Missing is { } reason)
        {
            return [Figure.Skipped(Name, "p99 of label moves", "≤ 100 ms", reason)];
        }

        await using LoadCluster cluster = await LoadCluster.StartAsync(new Dictionary<string, string>(), cancellationToken);
        TopicGrpcClient[] clients = cluster.ClientsOfMembers();
        CallRecord moves = new();
        int behind = 0;
        for (int move = 0; move < WarmMoves; move++)
        {
            await MoveAsync(clients, move, cancellationToken);
        }

        long started = Stopwatch.GetTimestamp();
        int wanted = (int)(Rate * context.Plan.Cluster.Labels.TotalSeconds);
        for (int move = 0; move < wanted; move++)
        {
            TimeSpan wait = TimeSpan.FromSeconds(move / Rate) - Stopwatch.GetElapsedTime(started);
            await Task.Delay(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, cancellationToken);
            int number = move;
            await CallLoop.RecordAsync(moves, token => MoveAsync(clients, number, token), cancellationToken);
            behind += await BehindAsync(clients, VersionOf(move), cancellationToken);
        }

        double rate = wanted / Stopwatch.GetElapsedTime(started).TotalSeconds;
        return
        [
            Figure.AtLeast(
                Name,
                string.Create(CultureInfo.InvariantCulture, $"rate of {wanted} label moves, in turn at {clients.Length} members"),
                RateShare * Rate,
                rate,
                "/s"),
            Figure.Zero(Name, "label moves that failed", moves.Failures(), moves.FirstFailure),
            Figure.Zero(Name, "members on another version after a move returned", behind),
            Figure.AtMost(Name, "label moves, p99", Target, moves.P99, "ms"),
            Figure.Note(
                Name,
                "label moves, p50 and longest",
                $"{Figure.Text(moves.P50)}, {Figure.Text(moves.Quantile(1, CallOutcome.Answered), "ms")}"),
        ];
    }

    private static long VersionOf(int move) => 2 - (move % 2);

    private static Task<LabelChange> MoveAsync(TopicGrpcClient[] clients, int move, CancellationToken cancellationToken) =>
        clients[move % clients.Length].Models.SetLabelAsync(LoadCluster.News, LoadCluster.Label, VersionOf(move), cancellationToken);

    private static async Task<int> BehindAsync(TopicGrpcClient[] clients, long version, CancellationToken cancellationToken)
    {
        long[] answered = await Task.WhenAll(clients.Select(async client =>
            (await client.PredictAsync(LoadCluster.News, ExpectedAnswers.Text(0), cancellationToken: cancellationToken)).Version));
        return answered.Count(one => one != version);
    }
}
