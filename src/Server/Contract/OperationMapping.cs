using System.Text;
using TopicGrpc.Engine.Topics;
using TopicGrpc.Engine.Topics.Operations;
using TopicGrpc.Engine.Topics.Settings;
using TopicGrpc.Server.Errors;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Contract;

/// <summary>Operations of the contract to operations of the engine, checked against the version they start from.</summary>
internal static class OperationMapping
{
    private const string At = "operation.";
    private const int MaxLabelBytes = 256;

    /// <exception cref="ServiceException">Names every field that does not fit the version.</exception>
    public static TopicOperation FromProto(VersionOperation? operation, TopicModel model)
    {
        SettingsChecks checks = new();
        TopicOperation result = operation?.OperationCase switch
        {
            VersionOperation.OperationOneofCase.ReduceTopics => Reduce(operation.ReduceTopics, checks),
            VersionOperation.OperationOneofCase.MergeTopics => Merge(operation.MergeTopics, model, checks),
            VersionOperation.OperationOneofCase.ReduceOutliers => Outliers(operation.ReduceOutliers, checks),
            VersionOperation.OperationOneofCase.UpdateTopics => UpdateTopicsMapping.FromProto(operation.UpdateTopics, model, checks),
            VersionOperation.OperationOneofCase.SetTopicLabels => Labels(operation.SetTopicLabels, model, checks),
            VersionOperation.OperationOneofCase.DeleteTopics => Delete(operation.DeleteTopics, model, checks),
            _ => throw Fault.InvalidField("operation", "must be set"),
        };
        checks.ThrowIfAny();
        return result;
    }

    private static ReduceTopics Reduce(VersionOperation.Types.ReduceTopics reduce, SettingsChecks checks)
    {
        switch (reduce.TargetCase)
        {
            case VersionOperation.Types.ReduceTopics.TargetOneofCase.NrTopics:
                return new ReduceTopics(new TopicReduction(checks.Range(At + "reduce_topics.nr_topics", reduce.NrTopics, 2), Automatic: false));
            case VersionOperation.Types.ReduceTopics.TargetOneofCase.NrTopicsAuto when reduce.NrTopicsAuto:
                return new ReduceTopics(TopicReduction.Auto);
            default:
                checks.Add(At + "reduce_topics", "nr_topics must be set, or nr_topics_auto be true");
                return new ReduceTopics(TopicReduction.None);
        }
    }

    private static MergeTopics Merge(VersionOperation.Types.MergeTopics merge, TopicModel model, SettingsChecks checks)
    {
        const string Field = At + "merge_topics.groups";
        if (merge.Groups.Count == 0)
        {
            checks.Add(Field, "must hold a group");
        }

        HashSet<int> seen = [];
        foreach (VersionOperation.Types.MergeTopics.Types.Group group in merge.Groups)
        {
            if (group.TopicIds.Count < 2)
            {
                checks.Add(Field, "a group needs two topics or more");
            }

            foreach (int topic in group.TopicIds)
            {
                CheckTopic(Field, topic, model, checks);
                if (!seen.Add(topic))
                {
                    checks.Add(Field, FormattableString.Invariant($"topic {topic} is named twice"));
                }
            }
        }

        return new MergeTopics([.. merge.Groups.Select(static group => group.TopicIds.ToArray())]);
    }

    private static ReduceOutliers Outliers(VersionOperation.Types.ReduceOutliers outliers, SettingsChecks checks) => new(
        outliers.Strategy switch
        {
            VersionOperation.Types.ReduceOutliers.Types.Strategy.Unspecified or VersionOperation.Types.ReduceOutliers.Types.Strategy.Distributions => OutlierStrategy.Distributions,
            VersionOperation.Types.ReduceOutliers.Types.Strategy.Probabilities => OutlierStrategy.Probabilities,
            VersionOperation.Types.ReduceOutliers.Types.Strategy.CTfIdf => OutlierStrategy.ClassTfIdf,
            VersionOperation.Types.ReduceOutliers.Types.Strategy.Embeddings => OutlierStrategy.Embeddings,
            _ => throw Fault.InvalidField(At + "reduce_outliers.strategy", "is not known to this server"),
        },
        checks.Range(At + "reduce_outliers.threshold", outliers.Threshold, 0, 1));

    private static SetTopicLabels Labels(VersionOperation.Types.SetTopicLabels labels, TopicModel model, SettingsChecks checks)
    {
        const string Field = At + "set_topic_labels.labels";
        if (labels.Labels.Count == 0)
        {
            checks.Add(Field, "must hold a label");
        }

        foreach ((int topic, string label) in labels.Labels)
        {
            CheckTopic(Field, topic, model, checks);
            if (Encoding.UTF8.GetByteCount(label) > MaxLabelBytes)
            {
                checks.Add(Field, FormattableString.Invariant($"the label of topic {topic} is longer than {MaxLabelBytes} bytes"));
            }
        }

        return new SetTopicLabels(new Dictionary<int, string>(labels.Labels));
    }

    private static DeleteTopics Delete(VersionOperation.Types.DeleteTopics delete, TopicModel model, SettingsChecks checks)
    {
        const string Field = At + "delete_topics.topic_ids";
        if (delete.TopicIds.Count == 0)
        {
            checks.Add(Field, "must hold a topic");
        }

        foreach (int topic in delete.TopicIds)
        {
            if (topic < 0)
            {
                checks.Add(Field, "the outliers (-1) cannot be deleted");
            }
            else
            {
                CheckTopic(Field, topic, model, checks);
            }
        }

        return new DeleteTopics([.. delete.TopicIds]);
    }

    private static void CheckTopic(string field, int topic, TopicModel model, SettingsChecks checks)
    {
        if (model.Find(topic) is null)
        {
            checks.Add(field, FormattableString.Invariant($"the version has no topic {topic}"));
        }
    }
}
