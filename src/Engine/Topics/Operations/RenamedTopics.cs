using TopicGrpc.Engine.Topics.Grouping;
using TopicGrpc.Engine.Topics.Lineage;
using TopicGrpc.Engine.Topics.Settings;

namespace TopicGrpc.Engine.Topics.Operations;

/// <summary>
/// State of a model after all topics were replaced by named classes: numbered by size, the names as custom labels. They have no clusters,
/// so they are predicted by centroid.
/// </summary>
internal static class RenamedTopics
{
    public static TopicModelState State(OperationInput input, IReadOnlyDictionary<string, string> names, TopicModelOptions options)
    {
        TopicModel model = input.Model;
        var classes = DocumentClasses.Read(names, [.. model.DocumentIds]);
        int[] ranks = FrequencyOrder.Rank(classes.Numbers);
        TopicAssignments assignments = new(Array.ConvertAll(classes.Numbers, label => label < 0 ? -1 : ranks[label]));
        string[] ordered = new string[classes.Names.Length];
        for (int number = 0; number < ranks.Length; number++)
        {
            ordered[ranks[number]] = classes.Names[number];
        }

        double[] means = Relabeled.Means(model, assignments);
        TopicModelState state = model.State with
        {
            Options = options,
            TopicCentroids = means,
            ClusterStrengths = CentroidPredictor.Strengths(model.DocumentVectors!, means, assignments),
            Mapper = TopicMapper.Identity(assignments.TopicCount, assignments.OutlierOffset == 1),
            Probabilities = null,
            Clusters = null,
            Refinements = [],
        };
        state = input.Described(state, assignments, topics =>
        [
            .. topics.Select(topic => topic.Id < 0 ? topic : topic with { CustomLabel = ordered[topic.Id] }),
        ]);
        return TopicLineage.Continue(new TopicModel(state.WithUids()), [model]).State;
    }
}
