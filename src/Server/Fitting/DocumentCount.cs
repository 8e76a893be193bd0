using TopicGrpc.Engine.Topics;
using TopicGrpc.Server.Errors;

namespace TopicGrpc.Server.Fitting;

/// <summary>How many documents settings need: two clusters must be possible, and the layout needs more documents than coordinates.</summary>
internal static class DocumentCount
{
    public static int Needed(TopicModelOptions settings)
    {
        int clusters = settings.Clusters.AllowSingleCluster ? 1 : 2;
        return Math.Max(clusters * settings.Clusters.MinClusterSize, settings.Layout.ComponentCount + 2);
    }

    /// <exception cref="ServiceException">There are too few.</exception>
    public static void Check(string corpus, long have, TopicModelOptions settings)
    {
        int need = Needed(settings);
        if (have < need)
        {
            throw Fault.TooFewDocuments(corpus, have, need);
        }
    }
}
