using System.Diagnostics;
using TopicGrpc.Engine.Documents;
using TopicGrpc.Engine.Embeddings;
using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Topics;
using TopicGrpc.Engine.Topics.Fitting;
using TopicGrpc.Engine.Topics.Quality;
using TopicGrpc.Engine.Topics.Reports;
using TopicGrpc.Engine.Topics.Settings;
using TopicGrpc.Parity;
using TopicGrpc.Parity.Inputs;

namespace TopicGrpc.Settings;

/// <summary>Fits of the same documents with consecutive seeds, and the quality of each model. The fits do not see the classes.</summary>
internal sealed class SeedRun
{
    private readonly Matrix _embeddings;
    private readonly Document[] _documents;
    private readonly int[]? _classes;
    private readonly string[] _texts;
    private readonly ComputeOptions _compute;

    public SeedRun(Matrix embeddings, IReadOnlyList<LabeledDocument> documents, int threads)
    {
        _embeddings = embeddings;
        _documents = [.. documents.Select(document => document.Document)];
        _classes = documents.All(document => document.Label is not null) ? Numbers(documents) : null;
        _compute = new ComputeOptions { Threads = threads };
        _texts = Array.ConvertAll(_documents, document => document.Text);
    }

    public SeedResult Measure(TopicModelOptions options, long seed, CancellationToken cancellationToken)
    {
        EmbedderInfo embedder = new("given", "full", new string('0', 64), _embeddings.Columns, 256);
        var watch = Stopwatch.StartNew();
        TopicModelOptions seeded = options with { Layout = options.Layout with { Seed = seed } };
        TopicModel model = new TopicModelTrainer(seeded).Fit(
            _documents, _embeddings, embedder, _compute, progress: null, cancellationToken);
        double seconds = watch.Elapsed.TotalSeconds;
        IReadOnlyList<string>[] words =
        [
            .. model.Topics.Where(topic => topic.Id >= 0).Select(
                topic => topic.Words.Select(word => word.Term).Where(term => term.Length > 0).ToArray()),
        ];
        FitReport report = model.Report;
        return new SeedResult(
            seed,
            report.Topics,
            (double)report.Outliers / report.Documents,
            (double)report.LargestTopic / Math.Max(1, report.Documents - report.Outliers),
            TopicCoherence.Compute([CoherenceMeasure.Npmi], words, _texts, _compute, cancellationToken)[0].Mean ?? double.NaN,
            TopicDiversity.Compute(words),
            Agreement(model.Assignments),
            Agreement(Filled(model)),
            seconds,
            report.Settings.Clusters.MinClusterSize,
            report.Settings.Clusters.MaxClusterSize,
            model.Assignments);
    }

    private double Agreement(int[] labels) => _classes is null ? double.NaN : Partitions.AdjustedMutualInformation(_classes, labels);

    /// <summary>Assigns outliers to the topic with the nearest mean vector by cosine, excluding the outlier topic.</summary>
    private int[] Filled(TopicModel model)
    {
        int[] labels = [.. model.Assignments];
        Matrix centroids = model.TopicEmbeddings;
        int first = model.Topics.Count - model.Report.Topics;
        for (int row = 0; row < labels.Length; row++)
        {
            double best = double.NegativeInfinity;
            for (int topic = model.Assignments[row] >= 0 ? centroids.Rows : first; topic < centroids.Rows; topic++)
            {
                double cosine = System.Numerics.Tensors.TensorPrimitives.CosineSimilarity<float>(
                    _embeddings.Row(row), centroids.Row(topic));
                (best, labels[row]) = cosine > best ? (cosine, topic - first) : (best, labels[row]);
            }
        }

        return labels;
    }

    private static int[] Numbers(IReadOnlyList<LabeledDocument> documents)
    {
        Dictionary<string, int> numbers = new(StringComparer.Ordinal);
        return
        [
            .. documents.Select(document =>
                numbers.TryGetValue(document.Label!, out int number) ? number : numbers[document.Label!] = numbers.Count),
        ];
    }
}
