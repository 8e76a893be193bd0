using TopicGrpc.Engine.Clusters;
using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Topics.Reports;

namespace TopicGrpc.Engine.Topics.Checkpoints;

/// <summary>
/// Form of clusters and of the settings that an automatic fit chose from their tree. Points follow from the layout and are not stored.
/// </summary>
/// <param name="points">Returns the points of the tree, which may be the positions of the layout themselves.</param>
/// <param name="options">Settings of the clusters before the choice.</param>
internal sealed class ClusterFormat(Func<Matrix> points, HdbscanOptions options)
    : IStageFormat<(HdbscanModel Clusters, TreeChoice? Choice)>
{
    /// <summary>Most reasons and tried sizes of a choice.</summary>
    private const int MaxListed = 4096;

    public void Write((HdbscanModel Clusters, TreeChoice? Choice) value, StageWriter target)
    {
        HdbscanState state = value.Clusters.State;
        DistanceScale scale = value.Clusters.KnownScale
            ?? throw new InvalidOperationException("Clusters of a fit know the scale of their distances.");
        target.Write(scale);
        target.Write<double>(state.CoreDistances);
        target.Write<int>(state.MergeLeft);
        target.Write<int>(state.MergeRight);
        target.Write<double>(state.MergeDistances);
        target.Write(value.Choice is not null);
        if (value.Choice is { } choice)
        {
            Write(choice, target);
        }
    }

    public (HdbscanModel Clusters, TreeChoice? Choice) Read(StageReader source)
    {
        Matrix all = points();
        DistanceScale scale = source.Read<DistanceScale>();
        double[] core = source.ReadArray<double>(all.Rows);
        int[] left = source.ReadArray<int>(all.Rows - 1);
        int[] right = source.ReadArray<int>(all.Rows - 1);
        double[] distances = source.ReadArray<double>(all.Rows - 1);
        TreeChoice? choice = source.Read<bool>() ? ReadChoice(source) : null;
        HdbscanState state = new(choice?.Options ?? options, all, core, left, right, distances);
        return (new HdbscanModel(state, tree: null, scale), choice);
    }

    private void Write(TreeChoice choice, StageWriter target)
    {
        if (choice.Options != Chosen(choice.Options.MinClusterSize, choice.Options.MaxClusterSize))
        {
            throw new InvalidOperationException("A choice from the tree changes the sizes of clusters only.");
        }

        target.Write(choice.Options.MinClusterSize);
        target.Write(choice.Options.MaxClusterSize);
        target.Write(choice.Reasons.Count);
        foreach (SettingChoice reason in choice.Reasons)
        {
            target.Write(reason.Setting);
            target.Write(reason.Value);
            target.Write(reason.Reason);
        }

        target.Write(choice.Curve.Count);
        foreach (ResolutionPoint point in choice.Curve)
        {
            target.Write(point.MinClusterSize);
            target.Write(point.MaxClusterSize);
            target.Write(point.Topics);
            target.Write(point.Outliers);
            target.Write(point.Agreement);
            target.Write(point.Eligible);
            target.Write(point.Chosen);
        }
    }

    private TreeChoice ReadChoice(StageReader source)
    {
        HdbscanOptions chosen = Chosen(source.Read<int>(), source.Read<int>());
        var reasons = new SettingChoice[source.ReadCount(0, MaxListed)];
        for (int index = 0; index < reasons.Length; index++)
        {
            reasons[index] = new SettingChoice(source.ReadText(), source.ReadText(), source.ReadText());
        }

        var curve = new ResolutionPoint[source.ReadCount(0, MaxListed)];
        for (int index = 0; index < curve.Length; index++)
        {
            curve[index] = new ResolutionPoint(
                source.Read<int>(),
                source.Read<int>(),
                source.Read<int>(),
                source.Read<int>(),
                source.Read<double>(),
                source.Read<bool>(),
                source.Read<bool>());
        }

        return new TreeChoice(chosen, reasons, curve);
    }

    private HdbscanOptions Chosen(int minClusterSize, int maxClusterSize) =>
        options with { MinClusterSize = minClusterSize, MaxClusterSize = maxClusterSize };
}
