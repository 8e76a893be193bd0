using System.Globalization;
using System.Text.Json;
using TopicGrpc.Client.Settings;

namespace TopicGrpc.Cli.Settings;

/// <summary>
/// The settings of a fit as a JSON file with BERTopic's names. As there, a sub-model that is given brings its own library's defaults
/// (<c>umap_model</c> without <c>min_dist</c> means UMAP's 0.1); one that is missing or null means BERTopic's own (0.0).
/// JSON's 1 and 1.0 are Python's int and float. With <c>"preset": "auto"</c> the server chooses what is missing.
/// </summary>
internal static class SettingsFile
{
    private const string Auto = "auto";
    private const string Bertopic = "bertopic";

    private static readonly JsonDocumentOptions Reading = new()
    {
        AllowDuplicateProperties = false,
        AllowTrailingCommas = true,
        CommentHandling = JsonCommentHandling.Skip,
    };

    /// <exception cref="SettingsException">The file is missing, is not JSON, or holds a wrong key or value.</exception>
    public static async Task<FitSettings> LoadAsync(string path, CancellationToken cancellationToken) => Parse(path, await ReadAsync(path, cancellationToken));

    /// <exception cref="SettingsException">The text is not JSON, or holds a wrong key or value.</exception>
    public static FitSettings Parse(string path, string json) => Read(path, json, Read);

    /// <exception cref="SettingsException">The file is missing.</exception>
    public static async Task<string> ReadAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            return await File.ReadAllTextAsync(path, cancellationToken);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new SettingsException(path, "no such file");
        }
    }

    /// <summary>Reads the object that a text holds.</summary>
    /// <exception cref="SettingsException">The text is not JSON, or holds a wrong key or value.</exception>
    public static T Read<T>(string path, string json, Func<SettingsSection, T> read)
    {
        try
        {
            using var document = JsonDocument.Parse(json, Reading);
            return read(SettingsSection.Root(path, document.RootElement));
        }
        catch (JsonException e)
        {
            throw new SettingsException(path, string.Create(CultureInfo.InvariantCulture, $"not valid JSON near line {(e.LineNumber ?? 0) + 1}"));
        }
    }

    private static FitSettings Read(SettingsSection root)
    {
        FitSettings settings = new()
        {
            Preset = root.Choice("preset", Auto, Bertopic) == Auto ? FitPreset.Auto : FitPreset.Bertopic,
            Umap = UmapKeys.Read(root.Section("umap_model")),
            Hdbscan = HdbscanKeys.Read(root.Section("hdbscan_model")),
            Vectorizer = VectorizerKeys.Read(root.Section("vectorizer_model")),
            Ctfidf = CtfidfKeys.Read(root.Section("ctfidf_model")),
            Reduction = ReductionKey.Read(root, "nr_topics"),
            TopWordCount = root.Integer("top_n_words", 1, 100),
            MinTopicSize = root.Integer("min_topic_size", 2),
            NgramRange = NgramKey.Read(root, "n_gram_range"),
            CalculateProbabilities = root.Flag("calculate_probabilities"),
            Seed = root.Seed("seed"),
            CoherenceMeasures = CoherenceKey.Read(root, "coherence_measures"),
            SeedTopics = root.WordLists("seed_topic_list") ?? [],
            ZeroShotTopics = root.Words("zeroshot_topic_list") ?? [],
            ZeroShotMinSimilarity = root.Number("zeroshot_min_similarity", -1, 1),
            Representation = RepresentationKeys.Read(root, "representation_model"),
            TargetAttribute = root.Name("target_attribute"),
            TopicAttribute = root.Name("topic_attribute"),
        };
        root.RefuseUnknown();
        return settings;
    }
}
