using System.Globalization;
using TopicGrpc.Client.Operations;
using TopicGrpc.Client.Settings;

namespace TopicGrpc.Explorer.Curating;

/// <summary>Translates the form of the view into operations.</summary>
internal static class Curation
{
    /// <summary>Returns the name of a change.</summary>
    public static string Title(CurationKind kind) => kind switch
    {
        CurationKind.Rename => "Rename topics",
        CurationKind.Merge => "Merge the chosen topics",
        CurationKind.MergeGroups => "Merge groups of topics",
        CurationKind.Split => "Split a topic",
        CurationKind.Reduce => "Reduce the number of topics",
        CurationKind.ReduceOutliers => "Assign outliers to topics",
        CurationKind.RefitOutliers => "Find topics among the outliers",
        _ => "Delete topics",
    };

    /// <summary>Returns what a change does.</summary>
    public static string Help(CurationKind kind) => kind switch
    {
        CurationKind.Rename => "Gives the chosen topics a custom label; the generated name stays visible.",
        CurationKind.Merge => "Makes one topic of the chosen ones and numbers all topics by size.",
        CurationKind.MergeGroups => "Makes one topic of each group. The view Hierarchy fills in groups.",
        CurationKind.Split => "Divides the chosen topic into the density clusters of its documents.",
        CurationKind.Reduce => "Merges the most similar topics.",
        CurationKind.ReduceOutliers => "Assigns each outlier to its most similar topic if the similarity is large enough.",
        CurationKind.RefitOutliers => "Clusters the outliers alone; the other topics keep their documents.",
        _ => "Turns the documents of the chosen topics into outliers.",
    };

    /// <summary>Returns whether a change uses the chosen topics.</summary>
    public static bool NeedsTopics(CurationKind kind) =>
        kind is CurationKind.Rename or CurationKind.Merge or CurationKind.Split or CurationKind.Delete;

    /// <summary>Returns the change that an address names; null for none.</summary>
    public static CurationKind? KindOf(string? action) => action switch
    {
        "outliers" => CurationKind.ReduceOutliers,
        "refit" => CurationKind.RefitOutliers,
        "split" => CurationKind.Split,
        "merge" => CurationKind.Merge,
        "rename" => CurationKind.Rename,
        "delete" => CurationKind.Delete,
        "reduce" => CurationKind.Reduce,
        _ => null,
    };

    /// <summary>Describes the operation that made a version.</summary>
    public static string Describe(VersionOperation? operation) => operation switch
    {
        SetTopicLabels labels => $"renamed {Topics(labels.Labels.Keys)}",
        MergeTopics merge => $"merged {string.Join("; ", merge.Groups.Select(static group => string.Join(" + ", group)))}",
        SplitTopic split => $"split topic {split.TopicId}",
        ReduceTopics => "reduced the number of topics",
        ReduceToLayer layer => $"reduced to the layer {layer.Layer}",
        ReduceOutliers outliers => $"assigned outliers by {outliers.Strategy}",
        RefitOutliers => "found topics among the outliers",
        DeleteTopics delete => $"deleted {Topics(delete.TopicIds)}",
        UpdateTopics => "described the topics again",
        MergeModels => "merged models",
        UpdatePredictions => "changed how texts are predicted",
        null => "",
        _ => operation.GetType().Name,
    };

    /// <summary>Returns the operation of the form.</summary>
    /// <param name="kind">The change.</param>
    /// <param name="input">What the visitor entered.</param>
    /// <param name="fault">What is wrong with it; empty if nothing is.</param>
    /// <returns>The operation; null if the input is invalid.</returns>
    public static VersionOperation? TryCreate(CurationKind kind, CurationInput input, out string fault)
    {
        fault = "";
        int[] topics = [.. input.Topics];
        int? number = null;
        if (input.Number.Trim() is { Length: > 0 } text)
        {
            if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int given) || given < 2)
            {
                fault = $"The number is \"{text}\"; give a whole number of 2 or more, or nothing.";
                return null;
            }

            number = given;
        }

        switch (kind)
        {
            case CurationKind.Rename when topics.Length > 0:
                return new SetTopicLabels(topics.ToDictionary(static topic => topic, _ => input.Label.Trim()));
            case CurationKind.Merge when topics.Length > 1:
                return new MergeTopics([topics]);
            case CurationKind.MergeGroups:
                return Groups(input.Groups, out fault);
            case CurationKind.Split when topics.Length == 1:
                return new SplitTopic(topics[0], number);
            case CurationKind.Reduce:
                return new ReduceTopics(number is { } count ? TopicReduction.To(count) : TopicReduction.Auto);
            case CurationKind.ReduceOutliers:
                return Outliers(input, out fault);
            case CurationKind.RefitOutliers:
                return new RefitOutliers(number);
            case CurationKind.Delete when topics.Length > 0:
                return new DeleteTopics(topics);
            default:
                fault = kind switch
                {
                    CurationKind.Merge => "Choose two or more topics to merge.",
                    CurationKind.Split => "Choose exactly one topic to split.",
                    _ => "Choose at least one topic.",
                };
                return null;
        }
    }

    private static ReduceOutliers? Outliers(CurationInput input, out string fault)
    {
        fault = "";
        string text = input.Threshold.Trim();
        double threshold = 0;
        bool isNumber = text.Length == 0 || double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out threshold);
        if (!isNumber || threshold is not (>= 0 and <= 1))
        {
            fault = $"The least similarity is \"{text}\"; give a number from 0 to 1.";
            return null;
        }

        return new ReduceOutliers(input.Strategy, threshold);
    }

    private static MergeTopics? Groups(string text, out string fault)
    {
        List<IReadOnlyList<int>> groups = [];
        foreach (string line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            List<int> group = [];
            foreach (string part in line.Split(',', StringSplitOptions.TrimEntries))
            {
                if (!int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out int topic))
                {
                    fault = $"The group \"{line}\" is not a list of topic numbers such as 3, 7.";
                    return null;
                }

                group.Add(topic);
            }

            groups.Add(group);
        }

        fault = groups.Count == 0 ? "Give at least one group of topics." : "";
        return groups.Count == 0 ? null : new MergeTopics(groups);
    }

    private static string Topics(IEnumerable<int> topics) => $"topics {string.Join(", ", topics.Order())}";
}
