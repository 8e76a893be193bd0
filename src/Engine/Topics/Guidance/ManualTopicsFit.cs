using TopicGrpc.Engine.Embeddings;
using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Engine.Topics.Guidance;

/// <summary>A fit whose topics are given: they are numbered by size, merged where a number of topics is asked for, and described. The model predicts by centroid.</summary>
internal static class ManualTopicsFit
{
    public static TopicModel Run(
        CanonicalInput input,
        EmbedderInfo embedder,
        DocumentClasses classes,
        TopicModelOptions options,
        StageClock clock,
        ComputeOptions compute,
        CancellationToken cancellationToken)
    {
        var plan = TopicPlan.FromClusters(classes.Labels, input.Embeddings, options.Reduction, compute, cancellationToken);
        string?[] names = new string?[plan.Labels.TopicCount];
        foreach (IGrouping<int, string> topic in classes.Names.Select((name, number) => (Name: name, Topic: plan.FromBefore[number])).GroupBy(pair => pair.Topic, pair => pair.Name))
        {
            // A topic merged of several has no name of its own.
            names[topic.Key] = topic.Count() == 1 ? topic.Single() : null;
        }

        return CentroidModel.Create(input, embedder, layout: null, plan.Labels, plan.Centroids, plan.Mapper, names, options, clock, compute, cancellationToken);
    }
}
