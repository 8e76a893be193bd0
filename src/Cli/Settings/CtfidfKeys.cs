using TopicGrpc.Client.Settings;

namespace TopicGrpc.Cli.Settings;

/// <summary>The keys of <c>ctfidf_model</c>.</summary>
internal static class CtfidfKeys
{
    public static CtfidfSettings? Read(SettingsSection? section)
    {
        if (section is null)
        {
            return null;
        }

        CtfidfSettings settings = new()
        {
            Bm25Weighting = section.Flag("bm25_weighting"),
            ReduceFrequentWords = section.Flag("reduce_frequent_words"),
            SeedWords = section.Words("seed_words") ?? [],
            SeedMultiplier = section.Positive("seed_multiplier"),
        };
        section.RefuseUnknown();
        return settings;
    }
}
