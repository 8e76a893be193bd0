using System.Text.Json.Nodes;
using TopicGrpc.Client.Settings;

namespace TopicGrpc.Cli.Settings;

/// <summary>Writes settings with the names that <see cref="SettingsFile"/> reads: the settings of a report are a settings file again.</summary>
internal static class SettingsJson
{
    public static JsonObject Write(FitSettings settings) => Compact(new JsonObject
    {
        ["preset"] = settings.Preset == FitPreset.Auto ? "auto" : null,
        ["umap_model"] = settings.Umap is null ? null : Write(settings.Umap),
        ["hdbscan_model"] = settings.Hdbscan is null ? null : Write(settings.Hdbscan),
        ["vectorizer_model"] = settings.Vectorizer is null ? null : Write(settings.Vectorizer),
        ["ctfidf_model"] = settings.Ctfidf is null ? null : Write(settings.Ctfidf),
        ["n_gram_range"] = Write(settings.NgramRange),
        ["nr_topics"] = settings.Reduction.IsAutomatic ? "auto" : settings.Reduction.Count > 0 ? settings.Reduction.Count : null,
        ["top_n_words"] = settings.TopWordCount,
        ["min_topic_size"] = settings.MinTopicSize,
        ["calculate_probabilities"] = settings.CalculateProbabilities,
        ["seed"] = settings.Seed,
        ["coherence_measures"] = settings.CoherenceMeasures.Count == 0 ? null : Write(settings.CoherenceMeasures),
        ["seed_topic_list"] = settings.SeedTopics.Count == 0 ? null : new JsonArray([.. settings.SeedTopics.Select(Write)]),
        ["zeroshot_topic_list"] = settings.ZeroShotTopics.Count == 0 ? null : Write(settings.ZeroShotTopics),
        ["zeroshot_min_similarity"] = settings.ZeroShotMinSimilarity,
        ["representation_model"] = settings.Representation is null ? null : Write(settings.Representation),
        ["target_attribute"] = settings.TargetAttribute,
        ["topic_attribute"] = settings.TopicAttribute,
    });

    private static JsonObject Write(UmapSettings umap) => Compact(new JsonObject
    {
        ["n_neighbors"] = umap.NeighborCount,
        ["n_components"] = umap.ComponentCount,
        ["min_dist"] = umap.MinDistance,
        ["metric"] = umap.Metric,
        ["low_memory"] = umap.LowMemory,
        ["spread"] = umap.Spread,
        ["n_epochs"] = umap.EpochCount,
        ["learning_rate"] = umap.LearningRate,
        ["negative_sample_rate"] = umap.NegativeSampleRate,
        ["repulsion_strength"] = umap.RepulsionStrength,
        ["local_connectivity"] = umap.LocalConnectivity,
        ["set_op_mix_ratio"] = umap.SetOperationMixRatio,
    });

    private static JsonObject Write(HdbscanSettings hdbscan) => Compact(new JsonObject
    {
        ["min_cluster_size"] = hdbscan.MinClusterSize,
        ["min_samples"] = hdbscan.MinSamples,
        ["metric"] = hdbscan.Metric,
        ["cluster_selection_method"] = hdbscan.SelectionMethod,
        ["cluster_selection_epsilon"] = hdbscan.SelectionEpsilon,
        ["cluster_selection_epsilon_max"] = hdbscan.SelectionEpsilonMax is double max && double.IsFinite(max) ? max : null,
        ["cluster_selection_persistence"] = hdbscan.SelectionPersistence,
        ["max_cluster_size"] = hdbscan.MaxClusterSize,
        ["allow_single_cluster"] = hdbscan.AllowSingleCluster,
        ["alpha"] = hdbscan.Alpha,
        ["prediction_data"] = hdbscan.PredictionData,
    });

    private static JsonObject Write(VectorizerSettings vectorizer) => Compact(new JsonObject
    {
        ["stop_words"] = vectorizer.StopWords is { } words ? words.List is { } list ? list : Write(words.Words) : null,
        ["ngram_range"] = Write(vectorizer.NgramRange),
        ["min_df"] = Write(vectorizer.MinTopicFrequency),
        ["max_df"] = Write(vectorizer.MaxTopicFrequency),
        ["max_features"] = vectorizer.MaxTerms,
        ["lowercase"] = vectorizer.Lowercase,
        ["vocabulary"] = vectorizer.Vocabulary.Count == 0 ? null : Write(vectorizer.Vocabulary),
    });

    private static JsonObject Write(CtfidfSettings ctfidf) => Compact(new JsonObject
    {
        ["bm25_weighting"] = ctfidf.Bm25Weighting,
        ["reduce_frequent_words"] = ctfidf.ReduceFrequentWords,
        ["seed_words"] = ctfidf.SeedWords.Count == 0 ? null : Write(ctfidf.SeedWords),
        ["seed_multiplier"] = ctfidf.SeedMultiplier,
    });

    private static JsonObject Write(RepresentationSettings representation)
    {
        JsonObject chains = new() { [RepresentationKeys.Main] = Write(representation.Main) };
        foreach ((string aspect, IReadOnlyList<TopicRepresentation> chain) in representation.Aspects)
        {
            chains[aspect] = Write(chain);
        }

        return chains;
    }

    private static JsonArray Write(IReadOnlyList<TopicRepresentation> chain) => new([.. chain.Select(Write)]);

    private static JsonObject Write(TopicRepresentation step) => step switch
    {
        KeyBertInspired keyBert => new JsonObject
        {
            [RepresentationKeys.KeyBert] = Compact(new JsonObject
            {
                ["top_n_words"] = keyBert.WordCount,
                ["nr_repr_docs"] = keyBert.RepresentativeDocumentCount,
                ["nr_candidate_words"] = keyBert.CandidateCount,
            }),
        },
        MaximalMarginalRelevance relevance => new JsonObject
        {
            [RepresentationKeys.Relevance] = Compact(new JsonObject { ["diversity"] = relevance.Diversity, ["top_n_words"] = relevance.WordCount }),
        },
        _ => throw new ArgumentOutOfRangeException(nameof(step), step, "Unknown representation."),
    };

    private static JsonArray Write(IReadOnlyList<string> words) => [.. words.Select(word => (JsonNode)word)];

    private static JsonArray? Write(NgramRange? range) => range is { } given ? [given.Min, given.Max] : null;

    // Parsed from its text, because a share of 1 must keep its decimal point: 1 would be read as a number of topics.
    private static JsonNode? Write(FrequencyLimit? limit) => limit is { } given ? JsonNode.Parse(given.ToString()) : null;

    private static JsonObject Compact(JsonObject all)
    {
        foreach (string key in all.Where(pair => pair.Value is null).Select(pair => pair.Key).ToList())
        {
            all.Remove(key);
        }

        return all;
    }
}
