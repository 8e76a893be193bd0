using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Engine.Topics.Operations;

/// <summary>
/// Topics of several models: the topics of the first model, then those that are not similar to any topic so far. The row of the outlier
/// topic comes from the first model that has one; it takes part in comparisons only if that is the first model.
/// </summary>
internal sealed class MergedTopics
{
    private readonly List<(TopicModel Model, int Row)> _rows = [];
    private readonly int _compared;

    public MergedTopics(TopicModel first, TopicModel? withOutliers)
    {
        OutlierOffset = withOutliers is null ? 0 : 1;
        if (withOutliers is not null)
        {
            _rows.Add((withOutliers, 0));
        }

        _rows.AddRange(Enumerable.Range(first.OutlierOffset, first.Topics.Count - first.OutlierOffset).Select(row => (first, row)));
        _compared = ReferenceEquals(first, withOutliers) ? 0 : OutlierOffset;
    }

    public int OutlierOffset { get; }

    /// <summary>Adds the topics of one model.</summary>
    /// <returns>Merged topic of each of its topics from 0.</returns>
    public int[] Add(TopicModel model, double minSimilarity)
    {
        // Only earlier models are compared: similar topics of one model are never merged with each other.
        int before = _rows.Count;
        int[] next = new int[model.Topics.Count - model.OutlierOffset];
        for (int topic = 0; topic < next.Length; topic++)
        {
            int row = topic + model.OutlierOffset;
            int best = -1;
            double highest = double.NegativeInfinity;
            for (int other = _compared; other < before; other++)
            {
                double cosine = Cosine(model.TopicEmbeddings.Row(row), _rows[other].Model.TopicEmbeddings.Row(_rows[other].Row));
                if (cosine > highest)
                {
                    (best, highest) = (other, cosine);
                }
            }

            if (highest < minSimilarity)
            {
                best = _rows.Count;
                _rows.Add((model, row));
            }

            next[topic] = best - OutlierOffset;
        }

        return next;
    }

    /// <summary>Returns the topics with their new ids and document counts.</summary>
    public IReadOnlyList<Topic> Counted(DocumentColumns documents)
    {
        int[] sizes = new int[_rows.Count];
        foreach (int topic in documents.Assignments)
        {
            sizes[topic + OutlierOffset]++;
        }

        HashSet<string> taken = [];
        return [.. _rows.Select((source, row) =>
        {
            Topic topic = source.Model.Topics[source.Row];
            int id = row - OutlierOffset;
            return topic with
            {
                Id = id,

                // Two versions of one model share uids; the version merged first keeps its uids.
                Uid = taken.Add(topic.Uid) ? topic.Uid : "",
                Count = sizes[row],
                Name = TopicNames.Follow(topic, id, topic.Words),
                RepresentativeDocuments =
                [
                    .. topic.RepresentativeDocuments.Select(document => document with { Row = RowOf(document.Id, documents) }),
                ],
            };
        })];
    }

    public double[] Centroids() => [.. _rows.SelectMany(source =>
        source.Model.State.TopicCentroids.AsSpan(source.Row * source.Model.Embedder.Dimension, source.Model.Embedder.Dimension).ToArray())];

    /// <summary>Returns the aspects of all models; a topic of a model without an aspect has no words for it.</summary>
    public IReadOnlyDictionary<string, TopicWord[][]>? Aspects()
    {
        string[] names = [.. _rows.SelectMany(source => source.Model.Aspects?.Keys ?? []).Distinct(StringComparer.Ordinal)];
        return names.Length == 0
            ? null
            : names.ToDictionary(name => name, name => _rows.Select(source => Words(source, name)).ToArray(), StringComparer.Ordinal);
    }

    private static TopicWord[] Words((TopicModel Model, int Row) source, string aspect) =>
        source.Model.Aspects is { } aspects && aspects.TryGetValue(aspect, out TopicWord[][]? words) ? words[source.Row] : [];

    private static int RowOf(string id, DocumentColumns documents) => Array.BinarySearch(documents.Ids, id, StringComparer.Ordinal);

    private static double Cosine(ReadOnlySpan<float> x, ReadOnlySpan<float> y)
    {
        double scale = Math.Sqrt(FixedOrder.Dot(x, x)) * Math.Sqrt(FixedOrder.Dot(y, y));
        return scale > 0 ? FixedOrder.Dot(x, y) / scale : 0;
    }
}
