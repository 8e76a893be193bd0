using System.Globalization;
using TopicGrpc.V1;

namespace TopicGrpc.Shared.Limits;

/// <summary>Relations between the settings of a fit.</summary>
internal static class FitSettingsRules
{
    /// <summary>Default of <c>spread</c>. A test compares it with the engine's option.</summary>
    public const double DefaultSpread = 1.0;

    /// <summary>
    /// Default of <c>min_dist</c> in a given <c>umap</c> without the automatic preset. A test compares it with the engine's option.
    /// </summary>
    public const double DefaultMinDist = 0.1;

    private const int MaxSeedWords = 5000;

    public static void Check(FitSettings settings, CheckState state)
    {
        if (settings.Umap is { } umap)
        {
            CheckDistance(umap, settings.Preset == FitSettings.Types.Preset.Auto, state);
        }

        CheckGranularity(settings, state);
        CheckSample(settings, state);
        CheckSeeds(settings, state);
        if (settings.ZeroshotTopicList.Count > 0 && (settings.HasNrTopics || settings.NrTopicsAuto))
        {
            state.AddAt("zeroshot_topic_list", "must not be given together with nr_topics: fit first, then reduce");
        }

        if (settings.TargetAttribute.Length > 0 && settings.SeedTopicList.Count > 0)
        {
            state.AddAt("target_attribute", "must not be given together with seed_topic_list, which gives documents their classes");
        }

        if (settings.TopicAttribute.Length > 0
            && settings.SeedTopicList.Count + settings.ZeroshotTopicList.Count + settings.TargetAttribute.Length > 0)
        {
            state.AddAt("topic_attribute", "must not be given together with seed_topic_list, zeroshot_topic_list or target_attribute");
        }
    }

    private static void CheckDistance(UmapSettings umap, bool isAutomatic, CheckState state)
    {
        double spread = umap.HasSpread ? umap.Spread : DefaultSpread;
        double distance = umap.HasMinDist ? umap.MinDist : isAutomatic ? 0 : DefaultMinDist;
        if (distance > spread)
        {
            string given = umap.HasMinDist ? "given" : "is the default";
            state.AddAt(
                "umap.min_dist",
                string.Create(CultureInfo.InvariantCulture, $"must be 0 to spread ({spread}), {distance} {given}"));
        }
    }

    private static void CheckGranularity(FitSettings settings, CheckState state)
    {
        if (settings.Granularity is not ("coarse" or "fine"))
        {
            return;
        }

        if (settings.Preset != FitSettings.Types.Preset.Auto)
        {
            state.AddAt("granularity", "requires the preset auto: without it, min_cluster_size determines the number of topics");
        }
        else if (settings.Hdbscan is { HasMinClusterSize: true } || (settings.HasMinTopicSize && settings.Hdbscan is null))
        {
            state.AddAt("granularity", "must not be given together with min_cluster_size or min_topic_size, which determine the topics");
        }
    }

    private static void CheckSample(FitSettings settings, CheckState state)
    {
        if (settings.Sample is not { HasSize: true } sample)
        {
            return;
        }

        int cluster = settings.Hdbscan is { } hdbscan ? hdbscan.MinClusterSize : settings.MinTopicSize;
        if (sample.Size < 2L * cluster)
        {
            state.AddAt(
                "sample.size",
                string.Create(
                    CultureInfo.InvariantCulture, $"must be at least twice the smallest cluster ({cluster}), {sample.Size} given"));
        }
        else if (settings.Umap is { HasNNeighbors: true } umap && sample.Size <= umap.NNeighbors)
        {
            state.AddAt(
                "sample.size",
                string.Create(CultureInfo.InvariantCulture, $"must be above umap.n_neighbors ({umap.NNeighbors}), {sample.Size} given"));
        }
    }

    private static void CheckSeeds(FitSettings settings, CheckState state)
    {
        long words = settings.SeedTopicList.Sum(static topic => (long)topic.Words.Count);
        if (words > MaxSeedWords)
        {
            state.AddAt(
                "seed_topic_list",
                string.Create(CultureInfo.InvariantCulture, $"at most {MaxSeedWords} words in all topics together, {words} given"));
        }
    }
}
