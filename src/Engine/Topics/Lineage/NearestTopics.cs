namespace TopicGrpc.Engine.Topics.Lineage;

/// <summary>Topics of another model by mean vector, for topics of which no documents tell.</summary>
internal static class NearestTopics
{
    /// <summary>Least cosine of two topics that are taken for one. Different topics of one corpus come up to about 0.8 (decision 0067).</summary>
    public const double LeastCosine = 0.85;

    /// <summary>Least distance in cosine to the second nearest.</summary>
    public const double LeastLead = 0.05;

    /// <summary>Links each topic that is asked for to its nearest, where that one is clear and open too.</summary>
    /// <param name="model">Model of the topics.</param>
    /// <param name="other">Model to look in.</param>
    /// <param name="asked">Which topics are asked for.</param>
    /// <param name="open">Which topics of the other model may be linked to.</param>
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
