using TopicGrpc.Client.Calls;
using TopicGrpc.Client.Selectors;
using TopicGrpc.Client.Settings;
using Wire = TopicGrpc.V1;
using WireOperation = TopicGrpc.V1.VersionOperation.Types;

namespace TopicGrpc.Client.Operations;

/// <summary>Operations on the topics of a version.</summary>
internal static class OperationMapping
{
    public static Wire.VersionOperation Map(VersionOperation operation) => operation switch
    {
        ReduceTopics reduce => new Wire.VersionOperation { ReduceTopics = Map(reduce.Target) },
        ReduceToLayer reduce => new Wire.VersionOperation { ReduceTopics = new WireOperation.ReduceTopics { Layer = reduce.Layer } },
        SplitTopic split => new Wire.VersionOperation { SplitTopic = Map(split) },
        RefitOutliers refit => new Wire.VersionOperation { RefitOutliers = Map(refit) },
        MergeTopics merge => new Wire.VersionOperation
        {
            MergeTopics = new WireOperation.MergeTopics
            {
                Groups = { merge.Groups.Select(static group => new WireOperation.MergeTopics.Types.Group { TopicIds = { group } }) },
            },
        },
        ReduceOutliers outliers => new Wire.VersionOperation
        {
            ReduceOutliers = new WireOperation.ReduceOutliers { Strategy = Map(outliers.Strategy), Threshold = outliers.Threshold },
        },
        UpdateTopics update => new Wire.VersionOperation { UpdateTopics = Map(update) },
        SetTopicLabels labels => new Wire.VersionOperation
        {
            SetTopicLabels = new WireOperation.SetTopicLabels
            {
                Labels = { labels.Labels.ToDictionary(static pair => pair.Key, static pair => pair.Value) },
            },
        },
        DeleteTopics delete => new Wire.VersionOperation
        {
            DeleteTopics = new WireOperation.DeleteTopics { TopicIds = { delete.TopicIds } },
        },
        MergeModels merge => new Wire.VersionOperation { MergeModels = Map(merge) },
        UpdatePredictions predictions => new Wire.VersionOperation { UpdatePredictions = Map(predictions) },
        _ => throw new ArgumentException($"The operation {operation.GetType()} has no place in the contract.", nameof(operation)),
    };

    /// <summary>Maps an operation of a response; null for none and for an unknown one.</summary>
    public static VersionOperation? Map(Wire.VersionOperation? wire) => wire?.OperationCase switch
    {
        Wire.VersionOperation.OperationOneofCase.ReduceTopics when wire.ReduceTopics.HasLayer => new ReduceToLayer(wire.ReduceTopics.Layer),
        Wire.VersionOperation.OperationOneofCase.SplitTopic => new SplitTopic(
            wire.SplitTopic.TopicId, wire.SplitTopic.HasMinClusterSize ? wire.SplitTopic.MinClusterSize : null),
        Wire.VersionOperation.OperationOneofCase.RefitOutliers => new RefitOutliers(
            wire.RefitOutliers.HasMinClusterSize ? wire.RefitOutliers.MinClusterSize : null),
        Wire.VersionOperation.OperationOneofCase.ReduceTopics => new ReduceTopics(
            wire.ReduceTopics.NrTopicsAuto ? TopicReduction.Auto : TopicReduction.To(wire.ReduceTopics.NrTopics)),
        Wire.VersionOperation.OperationOneofCase.MergeTopics => new MergeTopics(
            [.. wire.MergeTopics.Groups.Select(static group => group.TopicIds.ToArray())]),
        Wire.VersionOperation.OperationOneofCase.ReduceOutliers => new ReduceOutliers(
            Map(wire.ReduceOutliers.Strategy), wire.ReduceOutliers.Threshold),
        Wire.VersionOperation.OperationOneofCase.UpdateTopics => new UpdateTopics
        {
            Vectorizer = wire.UpdateTopics.Vectorizer is { } vectorizer ? VectorizerMapping.Map(vectorizer) : null,
            Ctfidf = wire.UpdateTopics.Ctfidf is { } ctfidf ? CtfidfMapping.Map(ctfidf) : null,
            TopWordCount = wire.UpdateTopics.HasTopNWords ? wire.UpdateTopics.TopNWords : null,
            Representation = wire.UpdateTopics.RepresentationModel is { } representation ? RepresentationMapping.Map(representation) : null,
            Topics = wire.UpdateTopics.Topics.Count == 0 ? null : new Dictionary<string, int>(wire.UpdateTopics.Topics),
            TopicAttribute = wire.UpdateTopics.TopicAttribute.Length == 0 ? null : wire.UpdateTopics.TopicAttribute,
        },
        Wire.VersionOperation.OperationOneofCase.SetTopicLabels => new SetTopicLabels(
            new Dictionary<int, string>(wire.SetTopicLabels.Labels)),
        Wire.VersionOperation.OperationOneofCase.DeleteTopics => new DeleteTopics([.. wire.DeleteTopics.TopicIds]),
        Wire.VersionOperation.OperationOneofCase.MergeModels => new MergeModels(
            [.. wire.MergeModels.ModelVersions.Select(SelectorMapping.Parse)],
            wire.MergeModels.HasMinSimilarity ? wire.MergeModels.MinSimilarity : null),
        Wire.VersionOperation.OperationOneofCase.UpdatePredictions => new UpdatePredictions
        {
            OutlierPolicy = wire.UpdatePredictions.HasOutlierPolicy ? wire.UpdatePredictions.OutlierPolicy : null,
            OutlierMinSimilarity = wire.UpdatePredictions.HasOutlierMinSimilarity ? wire.UpdatePredictions.OutlierMinSimilarity : null,
            NoveltyThreshold = wire.UpdatePredictions.HasNoveltyThreshold ? wire.UpdatePredictions.NoveltyThreshold : null,
        },
        _ => null,
    };

    private static WireOperation.ReduceTopics Map(TopicReduction target) => target.IsAutomatic
        ? new WireOperation.ReduceTopics { NrTopicsAuto = true }
        : new WireOperation.ReduceTopics { NrTopics = target.Count };

    private static WireOperation.SplitTopic Map(SplitTopic split)
    {
        WireOperation.SplitTopic wire = new() { TopicId = split.TopicId };
        WireValue.Set(split.MinClusterSize, value => wire.MinClusterSize = value);
        return wire;
    }

    private static WireOperation.RefitOutliers Map(RefitOutliers refit)
    {
        WireOperation.RefitOutliers wire = new();
        WireValue.Set(refit.MinClusterSize, value => wire.MinClusterSize = value);
        return wire;
    }

    private static WireOperation.MergeModels Map(MergeModels merge)
    {
        WireOperation.MergeModels wire = new() { ModelVersions = { merge.Versions.Select(SelectorMapping.VersionName) } };
        WireValue.Set(merge.MinSimilarity, value => wire.MinSimilarity = value);
        return wire;
    }

    private static WireOperation.UpdatePredictions Map(UpdatePredictions predictions)
    {
        WireOperation.UpdatePredictions wire = new();
        WireValue.Set(predictions.OutlierPolicy, value => wire.OutlierPolicy = value);
        WireValue.Set(predictions.OutlierMinSimilarity, value => wire.OutlierMinSimilarity = value);
        WireValue.Set(predictions.NoveltyThreshold, value => wire.NoveltyThreshold = value);
        return wire;
    }

    private static WireOperation.UpdateTopics Map(UpdateTopics update)
    {
        WireOperation.UpdateTopics wire = new()
        {
            Vectorizer = update.Vectorizer is null ? null : VectorizerMapping.Map(update.Vectorizer),
            Ctfidf = update.Ctfidf is null ? null : CtfidfMapping.Map(update.Ctfidf),
            RepresentationModel = update.Representation is null ? null : RepresentationMapping.Map(update.Representation),
            TopicAttribute = update.TopicAttribute ?? "",
        };
        WireValue.Set(update.TopWordCount, value => wire.TopNWords = value);
        wire.Topics.Add(update.Topics?.ToDictionary(static pair => pair.Key, static pair => pair.Value) ?? []);
        return wire;
    }

    private static WireOperation.ReduceOutliers.Types.Strategy Map(OutlierStrategy strategy) => strategy switch
    {
        OutlierStrategy.Distributions => WireOperation.ReduceOutliers.Types.Strategy.Distributions,
        OutlierStrategy.Probabilities => WireOperation.ReduceOutliers.Types.Strategy.Probabilities,
        OutlierStrategy.ClassTfIdf => WireOperation.ReduceOutliers.Types.Strategy.CTfIdf,
        OutlierStrategy.Embeddings => WireOperation.ReduceOutliers.Types.Strategy.Embeddings,
        _ => throw new ArgumentOutOfRangeException(nameof(strategy), strategy, "No such strategy."),
    };

    private static OutlierStrategy Map(WireOperation.ReduceOutliers.Types.Strategy strategy) => strategy switch
    {
        WireOperation.ReduceOutliers.Types.Strategy.Probabilities => OutlierStrategy.Probabilities,
        WireOperation.ReduceOutliers.Types.Strategy.CTfIdf => OutlierStrategy.ClassTfIdf,
        WireOperation.ReduceOutliers.Types.Strategy.Embeddings => OutlierStrategy.Embeddings,
        _ => OutlierStrategy.Distributions,
    };
}
