using TopicGrpc.Engine.Topics.Reports;
using TopicGrpc.Engine.Topics.Settings;

namespace TopicGrpc.Engine.Topics.Fitting;

/// <summary>Adapts settings that a small corpus cannot satisfy, as umap-learn does.</summary>
internal static class SmallCorpus
{
    private const int LeastNeighbors = 2;

    /// <summary>Reduces <c>n_neighbors</c> to the number of other documents.</summary>
    /// <returns>The settings, and a warning if they changed.</returns>
    public static (TopicModelOptions Options, FitWarning? Warning) Adapt(TopicModelOptions options, int documents)
    {
        int given = options.Layout.NeighborCount;
        int possible = Math.Max(LeastNeighbors, documents - 1);
        if (given <= possible)
        {
            return (options, null);
        }

        FitWarning warning = new(
            FitWarning.NeighborsReduced,
            $"umap.n_neighbors {given} exceeds the number of other documents and was reduced to {possible}.");
        return (options with { Layout = options.Layout with { NeighborCount = possible } }, warning);
    }
}
