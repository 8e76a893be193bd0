using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Engine.Topics.Operations;

/// <summary>
/// The topics of several models: those of the first, then the ones that no topic so far resembles. The outliers' row comes
/// from the first model that has one; it takes part in comparisons only where the first model itself has it.
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
    /// <returns>Topic here of each of its topics from 0.</returns>
    public int[] Add(TopicModel model, double minSimilarity)
    {
        // Compared with what was there before: two topics of one model never become one because they resemble each other.
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

    /// <summary>The topics with their ids and the documents they have now.</summary>
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

                // Two versions of one model share uids; the one merged first keeps its own.
                Uid = taken.Add(topic.Uid) ? topic.Uid : "",
                Count = sizes[row],
                Name = TopicNames.Follow(topic, id, topic.Words),
                RepresentativeDocuments = [.. topic.RepresentativeDocuments.Select(document => document with { Row = RowOf(document.Id, documents) })],
            };
        })];
    }

    public double[] Centroids() => [.. _rows.SelectMany(source =>
        source.Model.State.TopicCentroids.AsSpan(source.Row * source.Model.Embedder.Dimension, source.Model.Embedder.Dimension).ToArray())];

    /// <summary>Every aspect of any of the models; topics of a model without it have no words there.</summary>
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
