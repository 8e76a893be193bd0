namespace TopicGrpc.Engine.Topics.Lineage;

/// <summary>Links between topics of two models by centroid, for topics that share too few documents.</summary>
internal static class NearestTopics
{
    /// <summary>Minimum cosine of two topics that count as the same. Different topics of one corpus reach about 0.8 (ADR 0067).</summary>
    public const double LeastCosine = 0.85;

    /// <summary>Minimum lead in cosine over the second nearest topic.</summary>
    public const double LeastLead = 0.05;

    /// <summary>Links each requested topic to its nearest topic, if that one is unambiguous and open.</summary>
    /// <param name="model">Model of the topics.</param>
    /// <param name="other">Model of the candidates.</param>
    /// <param name="asked">Whether each topic is requested.</param>
    /// <param name="open">Whether each topic of the other model is a candidate.</param>
    /// <param name="links">Receives the links.</param>
    public static void Fill(TopicModel model, TopicModel other, bool[] asked, bool[] open, int[] links)
    {
        if (!asked.Contains(true) || !open.Contains(true))
        {
            return;
        }

        CentroidPredictor predictor = new(other.TopicEmbeddings, other.OutlierOffset);
        double[] cosines = new double[other.Topics.Count];
        for (int topic = 0; topic < asked.Length; topic++)
        {
            if (!asked[topic])
            {
                continue;
            }

            predictor.Cosines(model.TopicEmbeddings.Row(topic + model.OutlierOffset), cosines);
            int nearest = Clear(cosines.AsSpan(other.OutlierOffset));
            links[topic] = nearest >= 0 && open[nearest] ? nearest : -1;
        }
    }

    private static int Clear(ReadOnlySpan<double> cosines)
    {
        int best = -1;
        double highest = double.NegativeInfinity;
        double second = double.NegativeInfinity;
        for (int topic = 0; topic < cosines.Length; topic++)
        {
            if (cosines[topic] > highest)
            {
                (best, highest, second) = (topic, cosines[topic], highest);
            }
            else if (cosines[topic] > second)
            {
                second = cosines[topic];
            }
        }

        return highest >= LeastCosine && highest - second >= LeastLead ? best : -1;
    }
}
