namespace TopicGrpc.Engine.Topics.Queries;

/// <summary>Topics in each class of documents. Source: BERTopic's <c>topics_per_class</c>; classes come in ordinal order.</summary>
internal sealed class TopicsPerClass(TermSpace space)
{
    private readonly SliceWeights _slices = new(space);

    /// <summary>Computes the topics of every class.</summary>
    /// <param name="texts">All texts.</param>
    /// <param name="labels">Topic of each.</param>
    /// <param name="classes">Class of each.</param>
    /// <param name="globalTuning">Whether to average with the topic's weights in the whole model; Python <c>global_tuning</c>.</param>
    /// <param name="cancellationToken">Cancels between classes.</param>
    public IReadOnlyList<(string Class, IReadOnlyList<TopicSlice> Topics)> Compute(
        IReadOnlyList<string> texts,
        IReadOnlyList<int> labels,
        IReadOnlyList<string> classes,
        bool globalTuning,
        CancellationToken cancellationToken)
    {
        List<(string, IReadOnlyList<TopicSlice>)> result = [];
        foreach (
            IGrouping<string, int> group in Enumerable.Range(0, texts.Count)
                .GroupBy(row => classes[row], StringComparer.Ordinal)
                .OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            cancellationToken.ThrowIfCancellationRequested();
            int[] rows = [.. group];
            SlicedTopics part = _slices.Weigh(
                Array.ConvertAll(rows, row => texts[row]), Array.ConvertAll(rows, row => labels[row]), globalTuning);
            result.Add((group.Key, _slices.Read(globalTuning ? _slices.TuneGlobally(part) : part)));
        }

        return result;
    }
}
