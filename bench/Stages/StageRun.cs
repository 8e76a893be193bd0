using System.Diagnostics;
using TopicGrpc.Engine.Documents;
using TopicGrpc.Engine.Embeddings;
using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Topics;
using TopicGrpc.Engine.Topics.Fitting;
using TopicGrpc.Engine.Topics.Reports;
using TopicGrpc.Engine.Topics.Settings;

namespace TopicGrpc.Stages;

/// <summary>Fits the same documents several times, then predicts some of them one by one.</summary>
internal sealed class StageRun(Matrix embeddings, IReadOnlyList<Document> documents, TopicModelOptions options, int threads)
{
    private readonly ComputeOptions _compute = new() { Threads = threads };
    private readonly Dictionary<string, double> _best = [];

    public StageReport Measure(int repeat, Matrix queries, CancellationToken cancellationToken)
    {
        StagePeaks peaks = new();
        TopicModel? model = null;
        for (int run = 0; run < Math.Max(1, repeat); run++)
        {
            model = Fit(run == 0 ? peaks : null, cancellationToken);
        }

        FitReport report = model!.Report;
        float[] position = new float[options.Layout.ComponentCount];
        return new StageReport(
            documents.Count,
            new StageSeconds(
                _best["Neighbors"],
                _best["Layout"],
                _best["Umap"],
                _best["Clusters"],
                _best["Probabilities"],
                _best["Topics"],
                _best["Fit"]),
            report.Topics,
            report.Outliers,
            report.LargestTopic,
            Percentiles.Of(queries, row => model.Predict(row, allTopics: true)),
            Percentiles.Of(queries, row => model.State.Layout!.Transform(row, position)),
            StagePeaks.Now(),
            peaks.After);
    }

    private TopicModel Fit(StagePeaks? peaks, CancellationToken cancellationToken)
    {
        EmbedderInfo embedder = new("given", "full", new string('0', 64), embeddings.Columns, 256);
        var watch = Stopwatch.StartNew();
        TopicModel model = new TopicModelTrainer(options).Fit(documents, embeddings, embedder, _compute, peaks, cancellationToken);
        Keep("Fit", watch.Elapsed.TotalSeconds);
        double umap = 0;
        foreach (StageTime stage in model.Report.Stages)
        {
            Keep(stage.Stage.ToString(), stage.Seconds);
            umap += stage.Stage is FitStage.Neighbors or FitStage.Layout ? stage.Seconds : 0;
        }

        Keep("Umap", umap);
        if (!options.CalculateProbabilities)
        {
            watch.Restart();
            model.Clusters!.MembershipOfTraining(_compute, cancellationToken);
            Keep("Probabilities", watch.Elapsed.TotalSeconds);
        }

        return model;
    }

    private void Keep(string name, double seconds) =>
        _best[name] = Math.Round(Math.Min(seconds, _best.GetValueOrDefault(name, double.MaxValue)), 4);
}
