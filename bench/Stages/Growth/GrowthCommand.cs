using System.CommandLine;
using TopicGrpc.Engine.Clusters;
using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Storage;
using TopicGrpc.Engine.Topics.Fitting;
using TopicGrpc.Engine.Topics.Settings;

namespace TopicGrpc.Stages.Growth;

/// <summary>The command <c>growth</c>: fits of planted vectors at several sizes, one row each.</summary>
internal static class GrowthCommand
{
    private const int Columns = 384;
    private const int WarmUp = 5000;

    /// <summary>With BERTopic's settings, the smallest cluster has one document in this many, and at least BERTopic's default.</summary>
    private const int DocumentsPerCluster = 1000;

    public static Command Create()
    {
        Option<int[]> sizes = new("--documents")
        {
            Description = "Numbers of documents. Default: 10000 30000 100000 300000 1000000.",
            AllowMultipleArgumentsPerToken = true,
            DefaultValueFactory = static _ => [10_000, 30_000, 100_000, 300_000, 1_000_000],
        };
        Option<string> settings = new("--settings")
        {
            Description = "bertopic, auto, or both. Default: both.",
            DefaultValueFactory = static _ => "both",
        };
        settings.AcceptOnlyFromAmong("bertopic", "auto", "both");
        Option<int> threads = new("--threads") { Description = "Number of threads. Default: 2.", DefaultValueFactory = static _ => 2 };
        Option<bool> json = new("--json") { Description = "One line of JSON for each fit, with its stages. Default: a table." };
        Command command = new("growth", "Time, memory and quality of fits of planted vectors with 384 values, by number of documents.")
        {
            sizes,
            settings,
            threads,
            json,
        };
        command.SetAction((result, cancellationToken) =>
        {
            // Compiles what the fits run, so that the smallest one is not mostly compilation.
            Run(WarmUp, "both", result.GetValue(threads), table: null, cancellationToken);
            GrowthTable table = new(result.GetValue(json));
            foreach (int documents in result.GetRequiredValue(sizes).Order())
            {
                Run(documents, result.GetRequiredValue(settings), result.GetValue(threads), table, cancellationToken);
            }

            return Task.FromResult(0);
        });
        return command;
    }

    private static void Run(int documents, string settings, int threads, GrowthTable? table, CancellationToken cancellationToken)
    {
        using ScratchRows rows = new(DiskStorage.Instance, Path.GetTempPath(), documents, Columns);
        int[] planted = new PlantedMixture(Columns).Fill(rows, documents, threads);
        if (settings != "auto")
        {
            int least = Math.Max(new HdbscanOptions().MinClusterSize, documents / DocumentsPerCluster);
            TopicModelOptions bertopic = new() { Clusters = new HdbscanOptions { MinClusterSize = least } };
            GrowthReport report = new GrowthRun(rows.First(documents), planted, threads).Measure(bertopic, cancellationToken);
            table?.Add(report);
        }

        if (settings != "bertopic")
        {
            GrowthRun run = new(rows.First(documents), planted, threads);
            GrowthReport report = run.Measure(AutomaticSettings.All, cancellationToken);
            table?.Add(report);
        }
    }
}
