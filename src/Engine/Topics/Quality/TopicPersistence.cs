namespace TopicGrpc.Engine.Topics.Quality;

/// <summary>Persistence of the clusters of each topic in the condensed tree; Python <c>cluster_persistence_</c> by topic.</summary>
internal static class TopicPersistence
{
    /// <summary>Returns the mean over the clusters of each topic, weighted by documents; null for a topic without clusters.</summary>
    public static double?[] Of(TopicModel model)
    {
        int topics = model.Topics.Count - model.OutlierOffset;
        double?[] result = new double?[topics];
        if (model.Clusters is not { } clusters)
        {
            return result;
        }

        int[] sizes = new int[clusters.ClusterCount];
        foreach (int label in clusters.Labels)
        {
            if (label >= 0)
            {
                sizes[label]++;
            }
        }

        double[] sums = new double[topics];
        long[] documents = new long[topics];
        for (int cluster = 0; cluster < sizes.Length; cluster++)
        {
            int topic = model.Mapper.TopicOf(cluster);
            if (topic >= 0)
            {
                sums[topic] += sizes[cluster] * clusters.Persistence[cluster];
                documents[topic] += sizes[cluster];
            }
        }

        for (int topic = 0; topic < topics; topic++)
        {
            result[topic] = documents[topic] > 0 ? sums[topic] / documents[topic] : null;
        }

        return result;
    }
}
