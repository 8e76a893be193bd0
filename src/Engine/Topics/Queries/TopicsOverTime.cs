namespace TopicGrpc.Engine.Topics.Queries;

/// <summary>
/// Topics at each point of time, words tuned towards the whole model and the time before. Source: BERTopic's
/// <c>topics_over_time</c>; there evolution tuning is computed and thrown away, here it takes effect when it is on.
/// </summary>
internal sealed class TopicsOverTime(TermSpace space)
{
    private readonly SliceWeights _slices = new(space);

    /// <summary>Computes the topics of every distinct point of time, ascending.</summary>
    /// <param name="texts">All texts.</param>
    /// <param name="labels">Topic of each.</param>
    /// <param name="times">Point of time of each, already binned.</param>
    /// <param name="globalTuning">Whether to average with the topic's weights in the whole model; Python <c>global_tuning</c>.</param>
    /// <param name="evolutionTuning">
    /// Whether to average with the topic's weights at the previous time; Python <c>evolution_tuning</c>.
    /// </param>
    /// <param name="cancellationToken">Cancels between two times.</param>
    public IReadOnlyList<(T Time, IReadOnlyList<TopicSlice> Topics)> Compute<T>(
        IReadOnlyList<string> texts,
        IReadOnlyList<int> labels,
        IReadOnlyList<T> times,
        bool globalTuning,
        bool evolutionTuning,
        CancellationToken cancellationToken)
        where T : IComparable<T>
    {
        List<(T, IReadOnlyList<TopicSlice>)> result = [];
        SlicedTopics? previous = null;
        foreach (IGrouping<T, int> moment in Enumerable.Range(0, texts.Count).GroupBy(row => times[row]).OrderBy(group => group.Key))
        {
            cancellationToken.ThrowIfCancellationRequested();
            int[] rows = [.. moment];
            SlicedTopics now = _slices.Weigh(
                Array.ConvertAll(rows, row => texts[row]), Array.ConvertAll(rows, row => labels[row]), globalTuning || evolutionTuning);
            if (evolutionTuning && previous is not null)
            {
                int[] before = Array.ConvertAll(now.Ids, id => Math.Max(-1, Array.BinarySearch(previous.Ids, id)));
                now = now with { Weights = RowAverage.Of(now.Weights, [.. Enumerable.Range(0, before.Length)], previous.Weights, before) };
            }

            now = globalTuning ? _slices.TuneGlobally(now) : now;
            previous = now;
            result.Add((moment.Key, _slices.Read(now)));
        }

        return result;
    }
}
