using System.Globalization;
using TopicGrpc.Engine.Layout;
using TopicGrpc.Engine.Topics.Reports;
using TopicGrpc.Engine.Topics.Settings;

namespace TopicGrpc.Engine.Topics.Fitting;

/// <summary>
/// Settings chosen by the number of documents before the fit; <see cref="ResolutionSearch"/> then chooses the sizes of clusters. Neither
/// texts nor labels are used (ADR 0079).
/// </summary>
public static class AutomaticSettings
{
    /// <summary>Minimum number of documents for automatic settings: two clusters of minimum size.</summary>
    public const int LeastDocuments = 2 * LeastClusterSize;

    /// <summary>BERTopic's default.</summary>
    internal const int LeastClusterSize = 10;

    private const int NeighborCount = 20;

    /// <summary>
    /// A small corpus has one neighbor in this many documents, at least <see cref="LeastNeighborCount"/>: its groups have few documents,
    /// and a wider neighborhood would join them.
    /// </summary>
    private const int DocumentsPerNeighbor = 13;
    private const int LeastNeighborCount = 7;
    private const int ComponentCount = 4;
    private const int NegativeSampleRate = 20;
    private const double RepulsionStrength = 0.25;

    /// <summary>
    /// Most documents whose layout uses <see cref="NegativeSampleRate"/>. Beyond it the pushes would cost more than all other stages; with
    /// BERTopic's, the topics of planted corpora are the same.
    /// </summary>
    internal const int LargestWithManyPushes = 30_000;

    private const string FewPushes = "Above 30,000 documents, more pushes would triple the time of the layout and find the same topics.";
    private const int MinSamples = 5;
    private const int SmallCorpus = 300;
    private const int MinSamplesOfSmallCorpus = 3;

    /// <summary>The minimum cluster size is this power of the number of documents, divided by <see cref="ClusterSizeDivisor"/>.</summary>
    private const double ClusterSizePower = 0.75;
    private const double ClusterSizeDivisor = 9.0;

    /// <summary>Choices that need the texts or the tree.</summary>
    private const AutomaticChoices Later = AutomaticChoices.StopWords | AutomaticChoices.Segmentation
        | AutomaticChoices.MinClusterSize | AutomaticChoices.MaxClusterSize;

    /// <summary>Settings with all automatic choices.</summary>
    public static TopicModelOptions All { get; } = new() { Automatic = AutomaticChoices.All, MergeDuplicates = true };

    /// <summary>Returns the minimum cluster size for a number of documents, before the tree is known.</summary>
    internal static int ClusterSizeFor(int documents) =>
        Math.Max(LeastClusterSize, (int)Math.Round(Math.Pow(documents, ClusterSizePower) / ClusterSizeDivisor));

    /// <summary>Chooses the settings that depend on the number of documents.</summary>
    /// <param name="options">Settings with automatic choices.</param>
    /// <param name="documents">Number of documents of the fit.</param>
    /// <param name="choices">Receives the choices.</param>
    /// <returns>The settings; those that the texts or the tree can change stay marked as automatic.</returns>
    internal static TopicModelOptions ForDocuments(TopicModelOptions options, int documents, List<SettingChoice> choices)
    {
        AutomaticChoices open = options.Automatic;
        options = options with { Layout = ForDocuments(options.Layout, open, documents, choices) };
        if (open.HasFlag(AutomaticChoices.MinSamples))
        {
            int samples = documents < SmallCorpus ? MinSamplesOfSmallCorpus : MinSamples;
            options = options with { Clusters = options.Clusters with { MinSamples = samples } };
            choices.Add(
                Choice(
                    "hdbscan.min_samples",
                    samples,
                    "Few neighbors define density, so that the smallest cluster can grow with the corpus without making more outliers."));
        }

        if (open.HasFlag(AutomaticChoices.Naming))
        {
            options = options with { Naming = TopicNaming.Distinct };
            choices.Add(new SettingChoice("topic_names", "distinct", "A name without words of other topics is easier to recognize."));
        }

        if (open.HasFlag(AutomaticChoices.MinClusterSize))
        {
            int size = ClusterSizeFor(documents);

            // min_samples determines the tree, so it must not follow the sizes that are tried on it.
            options = options with
            {
                Clusters = options.Clusters with { MinClusterSize = size, MinSamples = options.Clusters.MinSamples ?? size },
            };
        }

        return options with { Automatic = open & Later };
    }

    private static UmapOptions ForDocuments(UmapOptions layout, AutomaticChoices open, int documents, List<SettingChoice> choices)
    {
        if (open.HasFlag(AutomaticChoices.NeighborCount))
        {
            int neighbors = Math.Clamp(documents / DocumentsPerNeighbor, LeastNeighborCount, NeighborCount);
            layout = layout with { NeighborCount = Math.Max(2, Math.Min(neighbors, documents - 1)) };
            choices.Add(
                Choice(
                    "umap.n_neighbors",
                    layout.NeighborCount,
                    layout.NeighborCount == NeighborCount
                        ? "A wider neighborhood than BERTopic's 15 made seeds agree more on the corpora measured."
                        : "A corpus of few documents has small groups, which a wider neighborhood would join."));
        }

        if (open.HasFlag(AutomaticChoices.ComponentCount))
        {
            layout = layout with { ComponentCount = ComponentCount };
            choices.Add(
                Choice(
                    "umap.n_components",
                    ComponentCount,
                    "Topics came out a little purer than in BERTopic's 5 coordinates on the corpora measured."));
        }

        bool isLarge = documents > LargestWithManyPushes;
        if (open.HasFlag(AutomaticChoices.NegativeSampleRate) && isLarge)
        {
            layout = layout with { NegativeSampleRate = new UmapOptions().NegativeSampleRate };
            choices.Add(Choice("umap.negative_sample_rate", layout.NegativeSampleRate, FewPushes));
        }
        else if (open.HasFlag(AutomaticChoices.NegativeSampleRate))
        {
            layout = layout with { NegativeSampleRate = NegativeSampleRate };
            choices.Add(
                Choice(
                    "umap.negative_sample_rate",
                    NegativeSampleRate,
                    "More random documents push at each step, so that the layout depends less on the seed."));
        }

        if (open.HasFlag(AutomaticChoices.RepulsionStrength) && isLarge)
        {
            layout = layout with { RepulsionStrength = new UmapOptions().RepulsionStrength };
            choices.Add(Choice("umap.repulsion_strength", layout.RepulsionStrength, "The pushes are those of BERTopic."));
        }
        else if (open.HasFlag(AutomaticChoices.RepulsionStrength))
        {
            layout = layout with { RepulsionStrength = RepulsionStrength };
            choices.Add(
                Choice("umap.repulsion_strength", RepulsionStrength, "Each push is weaker as they are more, so that their sum stays."));
        }

        return layout;
    }

    internal static SettingChoice Choice(string setting, IFormattable value, string reason) =>
        new(setting, value.ToString(null, CultureInfo.InvariantCulture), reason);
}
