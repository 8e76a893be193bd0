using System.Globalization;
using TopicGrpc.Engine.Embeddings;
using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Topics;
using TopicGrpc.Engine.Topics.Settings;
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
        int[] assignments = [.. topics.SelectMany((topic, row) => Enumerable.Repeat(row - offset, topic.Documents))];
        string[] ids =
        [
            .. Enumerable.Range(0, assignments.Length).Select(row => string.Create(CultureInfo.InvariantCulture, $"{prefix}{row:D3}")),
        ];
        return Create(ids, assignments, [.. topics.Select(topic => (topic.Word, topic.Direction))]);
    }

    /// <param name="ids">Documents, ascending.</param>
    /// <param name="assignments">Topic of each.</param>
    /// <param name="topics">Word and direction of each topic, the outliers first if there are any.</param>
    public static TopicModel Create(string[] ids, int[] assignments, IReadOnlyList<(string Word, double[] Direction)> topics)
    {
        bool outliers = assignments.Contains(-1);
        int offset = outliers ? 1 : 0;
        TopicModelOptions options = new();
        TopicModelState state = new()
        {
            Options = options,
            Embedder = new EmbedderInfo("made-up", "full", new string('a', 64), Dimension, 256),
            DocumentIds = ids,
            Assignments = assignments,
            ClusterStrengths = Array.ConvertAll(assignments, topic => topic < 0 ? 0 : 0.5),
            Topics = [.. topics.Select((topic, row) => Sketch(row - offset, topic.Word, assignments, ids))],
            TopicCentroids = [.. topics.SelectMany(topic => topic.Direction)],
            Mapper = TopicMapper.Identity(topics.Count - offset, outliers),
            Vocabulary = new Vocabulary([]),
            InverseFrequencies = [],
            TermWeights = new CsrMatrix<double>(0, new int[topics.Count + 1], [], []),
            Report = new TopicAssignments(assignments).Report([], [], options),
        };
        return new TopicModel(state.WithUids());
    }

    private static Topic Sketch(int id, string word, int[] assignments, string[] ids)
    {
        int row = Array.IndexOf(assignments, id);
        TopicWord[] words = [new(word, 1)];
        return new Topic(
            id,
            assignments.Count(topic => topic == id),
            TopicNames.Default(id, words),
            words,
            [new RepresentativeDocument(row, ids[row], word)]);
    }
}
