using System.Globalization;
using TopicGrpc.Engine.Embeddings;
using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Topics;
using TopicGrpc.Engine.Words;

namespace TopicGrpc.Engine.Tests.Topics.Operations;

/// <summary>A small model put together by hand: topics with a direction, a word and a number of documents.</summary>
internal static class SketchedModel
{
    public const int Dimension = 3;

    /// <param name="prefix">Start of its document ids.</param>
    /// <param name="outliers">Whether the first topic is the outlier topic.</param>
    /// <param name="topics">Word, direction and documents of each topic.</param>
    public static TopicModel Create(string prefix, bool outliers, params (string Word, double[] Direction, int Documents)[] topics)
    {
        int offset = outliers ? 1 : 0;
        int[] labels = [.. topics.SelectMany((topic, row) => Enumerable.Repeat(row - offset, topic.Documents))];
        string[] ids = [.. Enumerable.Range(0, labels.Length).Select(row => string.Create(CultureInfo.InvariantCulture, $"{prefix}{row:D3}"))];
        return Create(ids, labels, [.. topics.Select(topic => (topic.Word, topic.Direction))]);
    }

    /// <param name="ids">Documents, ascending.</param>
    /// <param name="labels">Topic of each.</param>
    /// <param name="topics">Word and direction of each topic, the outliers first if there are any.</param>
    public static TopicModel Create(string[] ids, int[] labels, IReadOnlyList<(string Word, double[] Direction)> topics)
    {
        bool outliers = labels.Contains(-1);
        int offset = outliers ? 1 : 0;
        TopicModelOptions options = new();
        return new TopicModel(new TopicModelState
        {
            Options = options,
            Embedder = new EmbedderInfo("made-up", "full", new string('a', 64), Dimension, 256),
            DocumentIds = ids,
            Labels = labels,
            ClusterStrengths = Array.ConvertAll(labels, label => label < 0 ? 0 : 0.5),
            Topics = [.. topics.Select((topic, row) => Sketch(row - offset, topic.Word, labels.Count(label => label == row - offset), Array.IndexOf(labels, row - offset), ids))],
            TopicCentroids = [.. topics.SelectMany(topic => topic.Direction)],
            Mapper = TopicMapper.Identity(topics.Count - offset, outliers),
            Vocabulary = new Vocabulary([]),
            InverseFrequencies = [],
            TermWeights = new CsrMatrix<double>(0, new int[topics.Count + 1], [], []),
            Report = FitReports.Create(new TopicLabels(labels), [], [], options),
        });
    }

    private static Topic Sketch(int id, string word, int documents, int row, string[] ids)
    {
        TopicWord[] words = [new(word, 1)];
        return new Topic(id, documents, TopicNames.Default(id, words), words, [new RepresentativeDocument(row, ids[row], word)]);
    }
}
