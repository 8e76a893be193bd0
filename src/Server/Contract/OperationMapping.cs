using TopicGrpc.Engine.Topics;
using TopicGrpc.Engine.Topics.Operations;
using TopicGrpc.Engine.Topics.Settings;
using TopicGrpc.Server.Errors;
using TopicGrpc.Shared.Limits;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Contract;

/// <summary>Maps operations of the contract to operations of the engine and checks them against the parent version.</summary>
internal static class OperationMapping
{
    private const string At = "operation.";

    /// <exception cref="ServiceException">A field is invalid for the version. The exception names every such field.</exception>
    public static TopicOperation FromProto(VersionOperation operation, TopicModel model)
    {
        ViolationList violations = new();
        TopicOperation result = operation.OperationCase switch
        {
            VersionOperation.OperationOneofCase.ReduceTopics => Reduce(operation.ReduceTopics, model, violations),
            VersionOperation.OperationOneofCase.MergeTopics => Merge(operation.MergeTopics, model, violations),
            VersionOperation.OperationOneofCase.ReduceOutliers => Outliers(operation.ReduceOutliers),
            VersionOperation.OperationOneofCase.UpdateTopics => UpdateTopicsMapping.FromProto(operation.UpdateTopics, model, violations),
            VersionOperation.OperationOneofCase.SetTopicLabels => Labels(operation.SetTopicLabels, model, violations),
            VersionOperation.OperationOneofCase.DeleteTopics => Delete(operation.DeleteTopics, model, violations),
            VersionOperation.OperationOneofCase.SplitTopic => Split(operation.SplitTopic, model, violations),
            VersionOperation.OperationOneofCase.RefitOutliers => Refit(operation.RefitOutliers, model),
            VersionOperation.OperationOneofCase.UpdatePredictions => Predictions(operation.UpdatePredictions),
            _ => throw Fault.InvalidField("operation", "must be set"),
        };
        Fault.ThrowIfAny(violations);
        return result;
    }

    private static TopicOperation Reduce(VersionOperation.Types.ReduceTopics reduce, TopicModel model, ViolationList violations)
    {
        if (!reduce.HasLayer)
        {
            return new ReduceTopics(reduce.NrTopicsAuto ? TopicReduction.Auto : new TopicReduction(reduce.NrTopics, Automatic: false));
        }

        TopicLayers layers = model.Layers ?? throw LayerMapping.NotAvailable();
        if (layers.IndexOf(reduce.Layer) <= layers.OwnIndex)
        {
            string known = string.Join(", ", layers.Coarser.Select(static layer => layer.Name));
            violations.Add(
                At + "reduce_topics.layer",
                $"must be a coarser layer of the version ({(known.Length == 0 ? "it has none" : known)}), not '{reduce.Layer}'");
        }

        return new ReduceToLayer(reduce.Layer);
    }

    private static SplitTopic Split(VersionOperation.Types.SplitTopic split, TopicModel model, ViolationList violations)
    {
        const string Field = At + "split_topic.topic_id";
        CheckLayout(model);
        CheckTopics(Field, [split.TopicId], model, violations);
        if (split.TopicId == -1 && violations.Count == 0)
        {
            violations.Add(Field, "must be 0 or more; use refit_outliers for the outliers");
        }

        return new SplitTopic(split.TopicId, split.HasMinClusterSize ? split.MinClusterSize : null);
    }

    private static RefitOutliers Refit(VersionOperation.Types.RefitOutliers refit, TopicModel model)
    {
        CheckLayout(model);
        return new RefitOutliers(refit.HasMinClusterSize ? refit.MinClusterSize : null);
    }

    private static void CheckLayout(TopicModel model)
    {
        if (!model.HasDensity)
        {
            throw Fault.NotAvailable("The version has no layout and density tree, in which its topics could be divided.");
        }
    }

    private static MergeTopics Merge(VersionOperation.Types.MergeTopics merge, TopicModel model, ViolationList violations)
    {
        for (int index = 0; index < merge.Groups.Count; index++)
        {
            string field = FormattableString.Invariant($"{At}merge_topics.groups[{index}].topic_ids");
            CheckTopics(field, merge.Groups[index].TopicIds, model, violations);
        }

        return new MergeTopics([.. merge.Groups.Select(static group => group.TopicIds.ToArray())]);
    }

    private static ReduceOutliers Outliers(VersionOperation.Types.ReduceOutliers outliers) => new(
        outliers.Strategy switch
        {
            VersionOperation.Types.ReduceOutliers.Types.Strategy.Probabilities => OutlierStrategy.Probabilities,
            VersionOperation.Types.ReduceOutliers.Types.Strategy.CTfIdf => OutlierStrategy.ClassTfIdf,
            VersionOperation.Types.ReduceOutliers.Types.Strategy.Embeddings => OutlierStrategy.Embeddings,
            _ => OutlierStrategy.Distributions,
        },
        outliers.Threshold);

    private static SetTopicLabels Labels(VersionOperation.Types.SetTopicLabels labels, TopicModel model, ViolationList violations)
    {
        CheckTopics(At + "set_topic_labels.labels", labels.Labels.Keys, model, violations);
        return new SetTopicLabels(new Dictionary<int, string>(labels.Labels));
    }

    private static DeleteTopics Delete(VersionOperation.Types.DeleteTopics delete, TopicModel model, ViolationList violations)
    {
        CheckTopics(At + "delete_topics.topic_ids", delete.TopicIds, model, violations);
        return new DeleteTopics([.. delete.TopicIds]);
    }

    private static UpdatePredictions Predictions(VersionOperation.Types.UpdatePredictions update) => new()
    {
        OutlierPolicy = update.HasOutlierPolicy ? OutlierPolicyContract.FromProto(update.OutlierPolicy) : null,
        OutlierMinSimilarity = update.HasOutlierMinSimilarity ? update.OutlierMinSimilarity : null,
        NoveltyThreshold = update.HasNoveltyThreshold ? update.NoveltyThreshold : null,
    };

    private static void CheckTopics(string field, IEnumerable<int> topics, TopicModel model, ViolationList violations)
    {
        foreach (int topic in topics)
        {
            if (model.Find(topic) is null)
            {
                violations.Add(field, FormattableString.Invariant($"the version has no topic {topic}"));
            }
        }
    }
}
