using Google.Protobuf.Reflection;
using TopicGrpc.V1;

namespace TopicGrpc.Cli.Settings;

/// <summary>Fields of the contract that hold the numbers of operations; files and options take their limits from them.</summary>
internal static class OperationFields
{
    /// <summary>Number of topics of <c>reduce_topics</c>.</summary>
    public static FieldDescriptor TopicCount { get; } =
        VersionOperation.Types.ReduceTopics.Descriptor.FindFieldByNumber(VersionOperation.Types.ReduceTopics.NrTopicsFieldNumber);

    /// <summary>Smallest similarity of <c>reduce_outliers</c>.</summary>
    public static FieldDescriptor Threshold { get; } =
        VersionOperation.Types.ReduceOutliers.Descriptor.FindFieldByNumber(VersionOperation.Types.ReduceOutliers.ThresholdFieldNumber);

    /// <summary>Smallest similarity of the outlier policy of <c>update_predictions</c>.</summary>
    public static FieldDescriptor OutlierMinSimilarity { get; } = VersionOperation.Types.UpdatePredictions.Descriptor.FindFieldByNumber(
        VersionOperation.Types.UpdatePredictions.OutlierMinSimilarityFieldNumber);

    /// <summary>Threshold of <c>update_predictions</c>.</summary>
    public static FieldDescriptor NoveltyThreshold { get; } = VersionOperation.Types.UpdatePredictions.Descriptor.FindFieldByNumber(
        VersionOperation.Types.UpdatePredictions.NoveltyThresholdFieldNumber);

    /// <summary>Minimum size of a part of <c>split_topic</c>.</summary>
    public static FieldDescriptor SplitSize { get; } =
        VersionOperation.Types.SplitTopic.Descriptor.FindFieldByNumber(VersionOperation.Types.SplitTopic.MinClusterSizeFieldNumber);

    /// <summary>Minimum size of a new topic of <c>refit_outliers</c>.</summary>
    public static FieldDescriptor RefitSize { get; } =
        VersionOperation.Types.RefitOutliers.Descriptor.FindFieldByNumber(VersionOperation.Types.RefitOutliers.MinClusterSizeFieldNumber);

    /// <summary>Smallest similarity of <c>merge_models</c>.</summary>
    public static FieldDescriptor MinSimilarity { get; } =
        VersionOperation.Types.MergeModels.Descriptor.FindFieldByNumber(VersionOperation.Types.MergeModels.MinSimilarityFieldNumber);
}
