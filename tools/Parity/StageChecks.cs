using TopicGrpc.Parity.Bertopic;
using TopicGrpc.Parity.Charts;
using TopicGrpc.Parity.Clusters;
using TopicGrpc.Parity.Layout;
using TopicGrpc.Parity.Queries;
using TopicGrpc.Parity.Representations;
using TopicGrpc.Parity.Topics;

namespace TopicGrpc.Parity;

/// <summary>All checks, in the order of the stages.</summary>
internal static class StageChecks
{
    public static IReadOnlyList<StageCheck> All { get; } =
    [
        new NeighborsCheck(),
        new FuzzyGraphCheck(),
        new LayoutCheck(),
        new LayersCheck(),
        new ClusterFitCheck(),
        new ClusterReplayCheck(),
        new ClusterSelectionCheck(),
        .. Array.ConvertAll(RecordedModel.All, model => new WordWeightCheck(model)),
        .. Array.ConvertAll(RecordedModel.All, model => new TopicTableCheck(model)),
        new TopicPlanCheck(),
        new ProbabilityCheck(),
        new CentroidPredictionCheck(),
        new DensityPredictionCheck(),
        new OutlierReductionCheck(),
        new Queries.HierarchyCheck(),
        .. DistributionCheck.All,
        .. SliceCheck.All,
        new CoherenceCheck(),
        new RepresentationCheck(),
        new BertopicFormatCheck(),
        new BarChartCheck(),
        new DocumentChartCheck(),
        new HierarchyChartCheck(),
        new HeatmapCheck(),
        new TermRankCheck(),
        new TopicsOverTimeChartCheck(),
    ];
}
