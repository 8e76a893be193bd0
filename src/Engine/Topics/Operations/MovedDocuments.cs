using TopicGrpc.Engine.Topics.Grouping;
using TopicGrpc.Engine.Topics.Settings;

namespace TopicGrpc.Engine.Topics.Operations;

/// <summary>
/// State of a model after documents moved to other topics by number. If the topics are the same, their ids stay, as after
/// <see cref="ReduceOutliers"/>. A topic without a cluster can only be predicted by centroid, so a model with a new topic drops its
/// cluster tree.
/// </summary>
internal static class MovedDocuments
{
    public static TopicModelState State(OperationInput input, IReadOnlyDictionary<string, int> moves, TopicModelOptions options)
    {
        TopicModel model = input.Model;
        int before = model.Topics.Count - model.OutlierOffset;
        int[] assignments = Move(model, moves, before);
        int[] ranks = FrequencyOrder.Rank(assignments);
        bool grown = ranks.Length > before;
        if (!grown && ranks.Length == before && !ranks.Contains(-1))
        {
            return Relabeled.State(input, new TopicAssignments(assignments), options);
        }

        TopicAssignments ordered = new(Array.ConvertAll(assignments, label => label < 0 ? -1 : ranks[label]));
        int[] next = [.. Enumerable.Range(0, before).Select(topic => topic < ranks.Length ? ranks[topic] : -1)];
        TopicModelState moved = model.State with
        {
            Options = options,
            TopicCentroids = Relabeled.Means(model, ordered),
            Mapper = model.Mapper.Append(topic => topic < 0 ? -1 : next[topic]),
            Probabilities = !grown && model.Probabilities is { } old ? TopicProbabilities.Map(old.Values, next, ordered.TopicCount) : null,
            Clusters = grown ? null : model.Clusters,
            Refinements = grown ? [] : model.State.Refinements,
        };
        Topic[] kept = [.. model.Topics.Where(topic => topic.Id < 0 || next[topic.Id] >= 0)];
        return input.Described(moved, ordered, topics => InheritedNames.Carry(kept, next, topics));
    }

    private static int[] Move(TopicModel model, IReadOnlyDictionary<string, int> moves, int topics)
    {
        var rows = model.DocumentIds.Select((id, row) => (id, row)).ToDictionary(pair => pair.id, pair => pair.row, StringComparer.Ordinal);
        int[] assignments = [.. model.Assignments];
        foreach ((string id, int topic) in moves)
        {
            if (!rows.TryGetValue(id, out int row))
            {
                throw new ArgumentException($"A topic is given for document \"{id}\", which is not a training document of the model.");
            }

            if (topic < -1 || topic >= topics + moves.Count)
            {
                throw new ArgumentException($"Document \"{id}\" is assigned to topic {topic}. Topics −1 to {topics - 1} exist; new topics "
                    + $"must be numbered from {topics}.");
            }

            assignments[row] = topic;
        }

        return assignments;
    }
}
