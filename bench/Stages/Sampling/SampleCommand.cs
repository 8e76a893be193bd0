using System.CommandLine;
using System.Text.Json;
using TopicGrpc.Engine.Clusters;
using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Storage;
using TopicGrpc.Engine.Topics.Fitting;
using TopicGrpc.Engine.Topics.Settings;
using TopicGrpc.Stages.Growth;

namespace TopicGrpc.Stages.Sampling;

/// <summary>The command <c>sample</c>: a fit on a sample of planted vectors against a fit of all of them.</summary>
internal static class SampleCommand
{
    private const int Columns = 384;
    private const int WarmUp = 3000;

    /// <summary>With BERTopic's settings, the smallest topic of all vectors has one document in this many.</summary>
    private const int DocumentsPerCluster = 1000;

    public static Command Create()
    {
        Option<int> documents = new("--documents")
        {
            Description = "Number of planted vectors. Default: 100000.",
            DefaultValueFactory = static _ => 100_000,
        };
        Option<int> size = new("--size") { Description = "Size of the sample. Default: 10000.", DefaultValueFactory = static _ => 10_000 };
        Option<string> settings = new("--settings")
        {
            Description = "bertopic or auto. Default: bertopic.",
            DefaultValueFactory = static _ => "bertopic",
        };
        settings.AcceptOnlyFromAmong("bertopic", "auto");
        Option<int> threads = new("--threads") { Description = "Number of threads. Default: 2.", DefaultValueFactory = static _ => 2 };
        Command command = new("sample", "Time and topics of a fit on a sample against a fit of all vectors, with planted topics.")
        {
            documents,
            size,
            settings,
            threads,
        };
        command.SetAction((result, cancellationToken) =>
        {
            bool isAutomatic = result.GetValue(settings) == "auto";
            int threadCount = result.GetValue(threads);

            // Compiles what the fits run.
            Run(WarmUp, WarmUp / 2, isAutomatic, threadCount, cancellationToken);
            SampleReport report = Run(
                result.GetValue(documents), result.GetValue(size), isAutomatic, threadCount, cancellationToken);
            Console.WriteLine(JsonSerializer.Serialize(report, SampleContext.Default.SampleReport));
            return Task.FromResult(0);
        });
        return command;
    }

    private static SampleReport Run(int documents, int size, bool isAutomatic, int threads, CancellationToken cancellationToken)
    {
        using ScratchRows rows = new(DiskStorage.Instance, Path.GetTempPath(), documents, Columns);
        int[] planted = new PlantedMixture(Columns).Fill(rows, documents, threads);
        int least = Math.Max(new HdbscanOptions().MinClusterSize, documents / DocumentsPerCluster);
        TopicModelOptions options = isAutomatic
            ? AutomaticSettings.All
            : new TopicModelOptions { Clusters = new HdbscanOptions { MinClusterSize = least } };
        return new SampleRun(rows.First(documents), planted, options, size, threads).Measure(cancellationToken);
    }
}
