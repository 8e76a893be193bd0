using TopicGrpc.Engine.Topics.Description;
using TopicGrpc.Engine.Topics.Settings;
using TopicGrpc.Engine.Words;

namespace TopicGrpc.Parity.Topics;

/// <summary>
/// Comparison of representative documents up to ties: of documents that are equally similar to their topic, BERTopic's unstable selection
/// takes any.
/// </summary>
internal sealed class RepresentativeTies(TopicContent content, TopicModelOptions options)
{
    private readonly ClassTfIdf _weights = new(options.Weights, content.InverseFrequencies);

    /// <summary>Returns whether two sets of texts are equally similar to a topic.</summary>
    /// <param name="row">Row of the topic.</param>
    /// <param name="actual">Texts of the engine.</param>
    /// <param name="expected">Recorded texts.</param>
    public bool Same(int row, IReadOnlyCollection<string> actual, IReadOnlyCollection<string> expected)
    {
        if (actual.Count != expected.Count)
        {
            return false;
        }

        double[] ours = Similarities(row, [.. actual]);
        double[] theirs = Similarities(row, [.. expected]);
        return ours.Zip(theirs).All(static pair => Math.Abs(pair.First - pair.Second) <= WordTies.Tolerance);
    }

    private double[] Similarities(int row, string[] texts)
    {
        var counts = new VocabularyCounter(content.Vocabulary, options.Words).Count(texts);
        return [.. new SparseTarget(content.TermWeights).Compare(row, _weights.Transform(counts)).Order()];
    }
}
