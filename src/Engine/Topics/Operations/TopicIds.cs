namespace TopicGrpc.Engine.Topics.Operations;

/// <summary>Check of topic ids from callers.</summary>
internal static class TopicIds
{
    public static void Check(TopicModel model, int topic)
    {
        if (topic < -model.OutlierOffset || topic >= model.Topics.Count - model.OutlierOffset)
        {
            throw new ArgumentException($"The model has no topic {topic}; its topics are {-model.OutlierOffset} to "
                + $"{model.Topics.Count - model.OutlierOffset - 1}.");
        }
    }
}
