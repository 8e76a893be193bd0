using TopicGrpc.Engine.Clusters;
using TopicGrpc.Engine.Documents;
using TopicGrpc.Engine.Embeddings;
using TopicGrpc.Engine.Layout;
using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Topics;
using TopicGrpc.Engine.Topics.Fitting;
using TopicGrpc.Engine.Topics.Settings;
using TopicGrpc.Parity;
using TopicGrpc.Parity.Inputs;

namespace TopicGrpc.Transfer;

/// <summary>Fits one split of a corpus and predicts both splits.</summary>
internal sealed class TransferRun
{
    private readonly IReadOnlyList<LabeledDocument> _documents;
    private readonly Matrix _embeddings;
    private readonly ComputeOptions _compute;
    private readonly int[] _classes;
    private readonly int[] _training;
    private readonly int[] _test;

    public TransferRun(Matrix embeddings, IReadOnlyList<LabeledDocument> documents, int threads)
    {
        if (documents.Count != embeddings.Rows)
        {
            throw new InvalidDataException($"The numbers of documents ({documents.Count}) and vectors ({embeddings.Rows}) must be equal.");
        }

        _documents = documents;
        _embeddings = embeddings;
        _compute = new ComputeOptions { Threads = threads };
        Dictionary<string, int> numbers = [];
        _classes =
        [
            .. documents.Select(
                document =>
                    Number(numbers, document.Label ?? throw new InvalidDataException($"Line {document.Document.Id} has no label."))),
        ];
        _training = [.. Enumerable.Range(0, documents.Count).Where(i => documents[i].Split == "train")];
        _test = [.. Enumerable.Range(0, documents.Count).Where(i => documents[i].Split == "test")];
        if (_training.Length == 0 || _test.Length == 0)
        {
            throw new InvalidDataException(
                $"{_training.Length} training and {_test.Length} test documents; both splits must have documents.");
        }
    }

    public TransferReport Measure(
        long seed,
        int components,
        double minDistance,
        int minClusterSize,
        int maxClusterSize,
        CancellationToken cancellationToken)
    {
        TopicModelOptions options = new()
        {
            Layout = new UmapOptions { ComponentCount = components, MinDistance = minDistance, Seed = seed },
            Clusters = new HdbscanOptions { MinClusterSize = minClusterSize, MaxClusterSize = maxClusterSize },
        };
        TopicModel model = Fit(options, cancellationToken);

        // Ids are line numbers of equal width, so canonical order is file order.
        int[] fitted = model.Assignments;
        TopicPrediction[] batch = Batch(model, cancellationToken);
        int[] training = [.. _training.Select(i => batch[i].TopicId)];
        int[] test = [.. _test.Select(i => batch[i].TopicId)];
        int alike = Enumerable.Range(0, batch.Length).Count(i => Same(batch[i], model.Predict(_embeddings.Row(i), allTopics: false)));
        return new TransferReport(
            seed,
            model.Report.Topics,
            Partitions.AdjustedMutualInformation(fitted, Classes(_training)),
            Partitions.AdjustedMutualInformation(test, Classes(_test)),
            Share(fitted.Count(topic => topic < 0), fitted.Length),
            Share(test.Count(topic => topic < 0), test.Length),
            Share(training.Zip(fitted).Count(pair => pair.First == pair.Second), fitted.Length),
            Share(alike, batch.Length));
    }

    private TopicModel Fit(TopicModelOptions options, CancellationToken cancellationToken)
    {
        Matrix rows = new(_training.Length, _embeddings.Columns);
        var documents = new Document[_training.Length];
        for (int i = 0; i < _training.Length; i++)
        {
            _embeddings.Row(_training[i]).CopyTo(rows.Row(i));
            documents[i] = _documents[_training[i]].Document;
        }

        EmbedderInfo embedder = new("given", "full", new string('0', 64), rows.Columns, 256);
        return new TopicModelTrainer(options).Fit(documents, rows, embedder, _compute, null, cancellationToken);
    }

    private TopicPrediction[] Batch(TopicModel model, CancellationToken cancellationToken)
    {
        var predictions = new TopicPrediction[_embeddings.Rows];
        ParallelOptions parallel = new() { MaxDegreeOfParallelism = _compute.Threads, CancellationToken = cancellationToken };
        Parallel.For(0, predictions.Length, parallel, i => predictions[i] = model.Predict(_embeddings.Row(i), allTopics: false));
        return predictions;
    }

    private int[] Classes(int[] rows) => Array.ConvertAll(rows, row => _classes[row]);

    private static bool Same(TopicPrediction first, TopicPrediction second) =>
        first.TopicId == second.TopicId
            && BitConverter.DoubleToInt64Bits(first.Probability) == BitConverter.DoubleToInt64Bits(second.Probability);

    private static double Share(int part, int whole) => (double)part / whole;

    private static int Number(Dictionary<string, int> numbers, string label)
    {
        if (!numbers.TryGetValue(label, out int number))
        {
            number = numbers.Count;
            numbers.Add(label, number);
        }

        return number;
    }
}
