using TopicGrpc.Engine.Archive;
using TopicGrpc.Engine.Documents;
using TopicGrpc.Engine.Embeddings;
using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Storage;
using TopicGrpc.Engine.Topics;
using TopicGrpc.Engine.Topics.Fitting;
using TopicGrpc.Engine.Topics.Operations;
using TopicGrpc.Engine.Topics.Quality;
using TopicGrpc.Engine.Topics.Queries;
using TopicGrpc.Engine.Topics.Settings;

namespace TopicGrpc.Stages;

/// <summary>Fits once, then measures each operation several times: the operation, the quality measures, the version on disk.</summary>
internal sealed class OperationRun(Matrix embeddings, IReadOnlyList<Document> documents, TopicModelOptions options, int threads)
{
    private readonly ComputeOptions _compute = new() { Threads = threads };

    public OperationReport Measure(int repeat, string only, CancellationToken cancellationToken)
    {
        EmbedderInfo embedder = new("given", "full", new string('0', 64), embeddings.Columns, 256);
        TopicModelOptions withProbabilities = options with
        {
            CalculateProbabilities = true,
            CoherenceMeasures = Enum.GetValues<CoherenceMeasure>(),
        };
        TopicModel model = new TopicModelTrainer(withProbabilities).Fit(
            documents, embeddings, embedder, _compute, progress: null, cancellationToken);
        TopicModel plain = new(model.State with { Options = model.Options with { CoherenceMeasures = [] } });
        var figures = QualityMeasurement.Measure(model, documents, embeddings: null, _compute, cancellationToken);
        var hierarchy = TimeAndCpu.Best(repeat, () => new TopicQueries(model).Hierarchy());
        var quality = TimeAndCpu.Best(
            repeat, () => QualityMeasurement.Measure(plain, documents, embeddings: null, _compute, cancellationToken));
        var all = TimeAndCpu.Best(
            repeat, () => QualityMeasurement.Measure(model, documents, embeddings: null, _compute, cancellationToken));
        var words = TimeAndCpu.Best(repeat, () => new UpdateTopics().Apply(plain, documents, _compute, cancellationToken));
        return new OperationReport(
            documents.Count,
            model.Report.Topics,
            model.Report.Outliers,
            words,
            hierarchy,
            quality,
            all,
            Loads(plain, repeat, cancellationToken),
            Operations(model)
                .Where(pair => pair.Name.StartsWith(only, StringComparison.Ordinal))
                .ToDictionary(pair => pair.Name, pair => Derive(plain, pair.Operation, repeat, cancellationToken)),
            new OperationFigures(
                figures.Coherence[0].Mean,
                figures.Coherence[1].Mean,
                figures.Coherence[2].Mean,
                figures.Diversity,
                figures.LargestTopicShare,
                figures.Agreement?.Share));
    }

    private static IEnumerable<(string Name, TopicOperation Operation)> Operations(TopicModel model)
    {
        int half = Math.Max(2, model.Topics.Count / 2);
        yield return ("reduce_topics", new ReduceTopics(TopicReduction.To(half)));
        yield return ("reduce_topics_auto", new ReduceTopics(TopicReduction.Auto));
        yield return ("merge_topics", new MergeTopics([[0, 1], [2, 3]]));
        foreach (OutlierStrategy strategy in Enum.GetValues<OutlierStrategy>())
        {
            yield return ($"reduce_outliers_{strategy}", new ReduceOutliers(strategy));
        }

        yield return ("update_topics", new UpdateTopics { TopWordCount = 5 });
        yield return ("update_topics_bigrams", new UpdateTopics { Words = model.Options.Words with { MaxNgram = 2 } });
        yield return ("set_topic_labels", new SetTopicLabels(new Dictionary<int, string> { [0] = "first" }));
        yield return ("delete_topics", new DeleteTopics([0]));
        yield return ("split_topic", new SplitTopic(0));
        yield return ("refit_outliers", new RefitOutliers());
        if (model.Layers is { Coarser: [{ } coarser, ..] })
        {
            yield return ("reduce_topics_layer", new ReduceToLayer(coarser.Name));
        }
    }

    private OperationTimes Derive(TopicModel model, TopicOperation operation, int repeat, CancellationToken cancellationToken)
    {
        TopicModel derived = model;
        OperationTimes? best = null;
        for (int run = 0; run < Math.Max(1, repeat); run++)
        {
            var apply = TimeAndCpu.Of(() => derived = operation.Apply(model, documents, _compute, cancellationToken));
            TimeAndCpu quality = operation.KeepsQuality
                ? new TimeAndCpu(0, 0)
                : TimeAndCpu.Of(() => QualityMeasurement.Measure(derived, documents, embeddings: null, _compute, cancellationToken));
            var publish = TimeAndCpu.Of(() => Publish(derived, cancellationToken));
            TimeAndCpu total = apply + quality + publish;
            best = best is null
                ? new OperationTimes(apply, quality, publish, total)
                : new OperationTimes(
                    TimeAndCpu.Least(best.Apply, apply),
                    TimeAndCpu.Least(best.Quality, quality),
                    TimeAndCpu.Least(best.Publish, publish),
                    TimeAndCpu.Least(best.Total, total));
        }

        return best!;
    }

    /// <summary>Loads the version several times as the server does: best time, collections and allocations per load.</summary>
    private static LoadTimes Loads(TopicModel model, int repeat, CancellationToken cancellationToken)
    {
        string folder = Directory.CreateTempSubdirectory("topicgrpc-loads").FullName;
        try
        {
            ModelArchive.Save(model, folder, cancellationToken);
            Load(folder, cancellationToken);
            GC.Collect();
            int collections = GC.CollectionCount(2);
            long allocated = GC.GetTotalAllocatedBytes(precise: true);
            int loads = Math.Max(1, repeat) * 4;
            var best = TimeAndCpu.Best(loads, () => Load(folder, cancellationToken));
            return new LoadTimes(
                best, loads, GC.CollectionCount(2) - collections, (GC.GetTotalAllocatedBytes(precise: true) - allocated) / loads);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Load(string folder, CancellationToken cancellationToken)
    {
        using var mapped = ModelArchive.OpenNative(folder, DiskStorage.Instance, cancellationToken);
        mapped.Archive.SelfTest.Check(mapped.Archive.Model, cancellationToken);
    }

    private static void Publish(TopicModel model, CancellationToken cancellationToken)
    {
        string folder = Directory.CreateTempSubdirectory("topicgrpc-operations").FullName;
        try
        {
            ModelArchive.Save(model, folder, cancellationToken);
            Load(folder, cancellationToken);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
