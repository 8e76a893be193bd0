using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using TopicGrpc.Cli.Names;
using TopicGrpc.Client.Operations;
using TopicGrpc.Client.Selectors;
using TopicGrpc.Client.Settings;
using TopicGrpc.Shared;

namespace TopicGrpc.Cli.Settings;

/// <summary>Reads an operation from a JSON file: one key, BERTopic's method, with its arguments by their Python names.</summary>
internal static class OperationFile
{
    private static readonly JsonDocumentOptions Reading = new()
    {
        AllowDuplicateProperties = false,
        AllowTrailingCommas = true,
        CommentHandling = JsonCommentHandling.Skip,
    };

    // Keys of update_topics that are also settings of a fit.
    private static readonly string[] FitKeys =
        ["vectorizer_model", "ctfidf_model", "top_n_words", "representation_model", "topic_attribute"];

    /// <exception cref="SettingsFileException">The file is missing, is not JSON, or holds a wrong key or value.</exception>
    public static async Task<VersionOperation> LoadAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            return Parse(path, await File.ReadAllTextAsync(path, cancellationToken));
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new SettingsFileException(path, "no such file");
        }
    }

    /// <exception cref="SettingsFileException">The text is not JSON, or holds a wrong key or value.</exception>
    public static VersionOperation Parse(string path, string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, Reading);
            return Read(path, SettingsSection.Root(path, document.RootElement));
        }
        catch (JsonException wrong)
        {
            throw new SettingsFileException(path, JsonFault.OfText(json, wrong));
        }
    }

    private static VersionOperation Read(string path, SettingsSection root)
    {
        VersionOperation[] operations =
        [
            .. new[]
            {
                Read(root, "reduce_topics", Reduce),
                Read(root, "merge_topics", static arguments => new MergeTopics(Groups(arguments, "topics_to_merge"))),
                Read(root, "reduce_outliers", Outliers),
                Read(root, "update_topics", arguments => Update(path, arguments)),
                Read(root, "set_topic_labels", static arguments => new SetTopicLabels(Labels(arguments, "topic_labels"))),
                Read(root, "merge_models", Merge),
                Read(root, "split_topic", Split),
                Read(root, "refit_outliers", Refit),
                Read(root, "update_predictions", Predictions),
                Read(root, "delete_topics", static arguments => new DeleteTopics(Topics(arguments, "topics_to_delete"))),
            }.OfType<VersionOperation>(),
        ];
        root.RejectUnknown();
        return operations.Length == 1 ? operations[0] : throw new SettingsFileException(path, "must hold exactly one operation");
    }

    private static VersionOperation? Read(SettingsSection root, string key, Func<SettingsSection, VersionOperation> read)
    {
        if (root.Section(key) is not { } arguments)
        {
            return null;
        }

        VersionOperation operation = read(arguments);
        arguments.RejectUnknown();
        return operation;
    }

    private static UpdateTopics Update(string path, SettingsSection arguments)
    {
        JsonObject given = [];
        foreach (string key in FitKeys)
        {
            given[key] = arguments.Value(key) is JsonElement value ? JsonNode.Parse(value.GetRawText()) : null;
        }

        FitSettings settings = FitSettingsFile.Parse(given.ToJsonString(), path + ": update_topics");
        return new UpdateTopics
        {
            Vectorizer = settings.Vectorizer,
            Ctfidf = settings.Ctfidf,
            TopWordCount = settings.TopWordCount,
            Representation = settings.Representation,
            Topics = Moves(arguments, "topics"),
            TopicAttribute = settings.TopicAttribute,
        };
    }

    private static VersionOperation Reduce(SettingsSection arguments)
    {
        if (arguments.Value("layer") is JsonElement layer)
        {
            return layer.ValueKind == JsonValueKind.String && layer.GetString() is { Length: > 0 } name
                ? new ReduceToLayer(name)
                : throw arguments.Wrong("layer", "the name of a coarser layer such as \"coarser-1\"", layer);
        }

        TopicReduction target = ReductionKey.Read(arguments, "nr_topics", OperationFields.TopicCount);
        return target == TopicReduction.None ? throw arguments.Missing("nr_topics") : new ReduceTopics(target);
    }

    private static MergeModels Merge(SettingsSection arguments) =>
        new(Versions(arguments, "models"), arguments.Number("min_similarity", OperationFields.MinSimilarity));

    private static SplitTopic Split(SettingsSection arguments)
    {
        JsonElement value = arguments.Value("topic_id") ?? throw arguments.Missing("topic_id");
        return SettingsSection.IsInteger(value) && value.TryGetInt32(out int topic)
            ? new SplitTopic(topic, (int?)arguments.Number("min_cluster_size", OperationFields.SplitSize))
            : throw arguments.Wrong("topic_id", "the number of a topic", value);
    }

    private static RefitOutliers Refit(SettingsSection arguments) =>
        new((int?)arguments.Number("min_cluster_size", OperationFields.RefitSize));

    private static ReduceOutliers Outliers(SettingsSection arguments) => new(
        OutlierStrategyNames.StrategyOf(arguments.Choice("strategy", OutlierStrategyNames.All) ?? OutlierStrategyNames.Default),
        arguments.Number("threshold", OperationFields.Threshold) ?? 0);

    private static UpdatePredictions Predictions(SettingsSection arguments) => new()
    {
        OutlierPolicy = arguments.Choice("outlier_policy", OutlierPolicyNames.All),
        OutlierMinSimilarity = arguments.Number("outlier_min_similarity", OperationFields.OutlierMinSimilarity),
        NoveltyThreshold = arguments.Number("novelty_threshold", OperationFields.NoveltyThreshold),
    };

    private static int[][] Groups(SettingsSection arguments, string key)
    {
        JsonElement value = arguments.Value(key) ?? throw arguments.Missing(key);
        if (value.ValueKind == JsonValueKind.Array && value.GetArrayLength() > 0)
        {
            JsonElement[] items = [.. value.EnumerateArray()];

            // As in Python, a plain list is one group.
            int[]?[] groups = items[0].ValueKind == JsonValueKind.Array ? Array.ConvertAll(items, Integers) : [Integers(value)];
            if (groups.All(static group => group is not null))
            {
                return groups!;
            }
        }

        throw arguments.Wrong(key, "a list of topics or a list of such lists", value);
    }

    private static int[] Topics(SettingsSection arguments, string key)
    {
        JsonElement value = arguments.Value(key) ?? throw arguments.Missing(key);
        return Integers(value) ?? throw arguments.Wrong(key, "a list of topics", value);
    }

    private static ModelSelector[] Versions(SettingsSection arguments, string key)
    {
        JsonElement value = arguments.Value(key) ?? throw arguments.Missing(key);
        return value.ValueKind == JsonValueKind.Array
            && value.GetArrayLength() > 0
            && value.EnumerateArray().All(static item => item.ValueKind == JsonValueKind.String && item.GetString() is { Length: > 0 })
            ? [.. value.EnumerateArray().Select(static item => VersionNames.Numbered(item.GetString()!))]
            : throw arguments.Wrong(key, "a list of versions such as \"sport@2\"", value);
    }

    private static Dictionary<int, string> Labels(SettingsSection arguments, string key)
    {
        const string Expected = "an object of labels by topic";
        JsonElement value = arguments.Value(key) ?? throw arguments.Missing(key);
        Dictionary<int, string> labels = [];
        foreach (JsonProperty label in Members(arguments, key, value, Expected))
        {
            if (label.Value.ValueKind != JsonValueKind.String
                || !int.TryParse(label.Name, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int topic))
            {
                throw arguments.Wrong(key, Expected, value);
            }

            labels[topic] = label.Value.GetString()!;
        }

        return labels;
    }

    private static Dictionary<string, int>? Moves(SettingsSection arguments, string key)
    {
        if (arguments.Value(key) is not JsonElement value)
        {
            return null;
        }

        const string Expected = "an object of topics by document id";
        Dictionary<string, int> moves = new(StringComparer.Ordinal);
        foreach (JsonProperty move in Members(arguments, key, value, Expected))
        {
            moves[move.Name] = SettingsSection.IsInteger(move.Value) && move.Value.TryGetInt32(out int topic)
                ? topic
                : throw arguments.Wrong(key, Expected, value);
        }

        return moves;
    }

    private static JsonElement.ObjectEnumerator Members(SettingsSection arguments, string key, JsonElement value, string expected) =>
        value.ValueKind == JsonValueKind.Object ? value.EnumerateObject() : throw arguments.Wrong(key, expected, value);

    private static int[]? Integers(JsonElement list)
    {
        if (list.ValueKind != JsonValueKind.Array)
        {
            return null;
        }

        List<int> values = [];
        foreach (JsonElement item in list.EnumerateArray())
        {
            if (!SettingsSection.IsInteger(item) || !item.TryGetInt32(out int value))
            {
                return null;
            }

            values.Add(value);
        }

        return [.. values];
    }
}
