using TopicGrpc.Engine.Topics.Settings;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Contract;

/// <summary>Maps the settings of predictions between contract and engine: outlier policy and novelty threshold.</summary>
internal static class OutlierPolicyContract
{
    private const string Keep = "keep";
    private const string Nearest = "nearest";
    private const string All = "all";

    /// <summary>Returns the options with the given settings.</summary>
    public static TopicModelOptions Apply(FitSettings settings, TopicModelOptions options) => options with
    {
        OutlierPolicy = settings.HasOutlierPolicy ? FromProto(settings.OutlierPolicy) : options.OutlierPolicy,
        OutlierMinSimilarity = settings.HasOutlierMinSimilarity ? settings.OutlierMinSimilarity : options.OutlierMinSimilarity,
        NoveltyThreshold = settings.HasNoveltyThreshold ? settings.NoveltyThreshold : options.NoveltyThreshold,
    };

    /// <summary>Returns the policy of a name, which was checked against the limits of the contract.</summary>
    public static OutlierPolicy FromProto(string policy) => policy switch
    {
        All => OutlierPolicy.All,
        Nearest => OutlierPolicy.Nearest,
        _ => OutlierPolicy.Keep,
    };

    public static string ToProto(OutlierPolicy policy) => policy switch
    {
        OutlierPolicy.All => All,
        OutlierPolicy.Nearest => Nearest,
        _ => Keep,
    };
}
