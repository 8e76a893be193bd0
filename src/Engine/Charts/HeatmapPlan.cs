using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Topics;

namespace TopicGrpc.Engine.Charts;

/// <summary>Cosine similarities of the mean vectors of topics.</summary>
/// <param name="Labels">Label of each topic, first row on top.</param>
/// <param name="Similarities">Similarities, topics × topics row-major.</param>
internal sealed record HeatmapPlan(IReadOnlyList<string> Labels, double[] Similarities)
{
    public static HeatmapPlan Of(
        IReadOnlyList<Topic> topics,
        Matrix embeddings,
        HeatmapOptions options,
        CancellationToken cancellationToken)
    {
        IReadOnlyList<Topic> shown = TopicSelection.Select(topics, options.TopicIds, options.LargestTopics);

        // Use the row of each topic; BERTopic uses rows 0, 1, … whatever topics are requested.
        Dictionary<int, int> rowOf = [];
        for (int row = 0; row < topics.Count; row++)
        {
            rowOf.Add(topics[row].Id, row);
        }

        double[] similarities = new double[checked(shown.Count * shown.Count)];
        for (int i = 0; i < shown.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (int j = 0; j < shown.Count; j++)
            {
                similarities[(i * shown.Count) + j] = Cosine(embeddings.Row(rowOf[shown[i].Id]), embeddings.Row(rowOf[shown[j].Id]));
            }
        }

        return new HeatmapPlan([.. shown.Select(TopicLabel.Tick)], similarities);
    }

    private static double Cosine(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        double dot = 0;
        double normA = 0;
        double normB = 0;
        for (int i = 0; i < a.Length; i++)
        {
            dot += (double)a[i] * b[i];
            normA += (double)a[i] * a[i];
            normB += (double)b[i] * b[i];
        }

        return normA > 0 && normB > 0 ? dot / Math.Sqrt(normA * normB) : 0;
    }
}
