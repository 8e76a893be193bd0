using TopicGrpc.Engine.Topics.Fitting;
using TopicGrpc.Engine.Topics.Settings;
using TopicGrpc.Server.Errors;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Fitting;

/// <summary>
/// The fewest documents that settings need: two clusters must be possible, and the layout needs more documents than coordinates. Topics
/// given by an attribute need one document each.
/// </summary>
internal static class MinimumDocuments
{
    public static long Needed(FitSettings given, TopicModelOptions settings)
    {
        if (given.TopicAttribute.Length > 0)
        {
            return 2;
        }

        if (settings.Automatic.HasFlag(AutomaticChoices.MinClusterSize))
        {
            return Math.Max(AutomaticSettings.LeastDocuments, settings.Layout.ComponentCount + 2);
        }

        int clusters = settings.Clusters.AllowSingleCluster ? 1 : 2;
        return Math.Max((long)clusters * settings.Clusters.MinClusterSize, settings.Layout.ComponentCount + 2);
    }

    /// <exception cref="ServiceException">The corpus has fewer documents.</exception>
    public static void Check(string corpus, long have, FitSettings given, TopicModelOptions settings)
    {
        long need = Needed(given, settings);
        if (have < need)
        {
            throw Fault.TooFewDocuments(corpus, have, need);
        }
    }
}
