using System.Globalization;
using TopicGrpc.Engine.Clusters;
using TopicGrpc.Engine.Topics.Reports;
using TopicGrpc.Engine.Topics.Settings;

namespace TopicGrpc.Engine.Topics.Fitting;

/// <summary>
/// Choice of the minimum and maximum cluster size for a given tree. A cluster with too large a share is split if its parts are dense
/// enough; the minimum cluster size changes if there are too many or too few topics. Each trial selects clusters from the same tree
/// and takes some milliseconds.
/// </summary>
/// <param name="select">Returns the cluster of each document for other selection settings; −1 for an outlier.</param>
/// <param name="documents">Number of documents.</param>
internal sealed class TreeChoice(Func<HdbscanOptions, int[]> select, int documents)
{
    /// <summary>Maximum number of topics that a user can review.</summary>
    private const int MostTopics = 60;

    /// <summary>
    /// Minimum number of topics of a corpus of <see cref="LargeCorpus"/> documents; proportionally fewer for a smaller corpus.
    /// </summary>
    private const int LeastTopics = 15;
    private const int LargeCorpus = 2000;

    /// <summary>Factor between two tried minimum cluster sizes, and number of sizes tried in one direction.</summary>
    private const double SizeStep = 1.25;
    private const int MostSteps = 8;

    /// <summary>A cluster is large if it holds more than this share of the documents and this many times the smallest cluster.</summary>
    private const double LargeShare = 0.1;
    private const int LargeMultiple = 7;

    /// <summary>Share of a large cluster's documents that its parts must keep; otherwise the cluster is not split.</summary>
    private const double KeptShare = 0.5;

    /// <summary>Chooses the sizes.</summary>
    /// <param name="options">Settings chosen by the number of documents.</param>
    /// <param name="open">Settings that may change.</param>
    /// <param name="choices">Receives the choices.</param>
    /// <returns>Settings for the same tree.</returns>
    public HdbscanOptions Choose(HdbscanOptions options, AutomaticChoices open, List<SettingChoice> choices)
    {
        bool limits = open.HasFlag(AutomaticChoices.MaxClusterSize);
        Trial start = Try(options, limits);
        Trial chosen = open.HasFlag(AutomaticChoices.MinClusterSize) ? Resize(start, limits) : start;
        if (open.HasFlag(AutomaticChoices.MinClusterSize))
        {
            choices.Add(AutomaticSettings.Choice("hdbscan.min_cluster_size", chosen.Options.MinClusterSize, SizeReason(start, chosen)));
        }

        if (limits)
        {
            choices.Add(AutomaticSettings.Choice("hdbscan.max_cluster_size", chosen.Options.MaxClusterSize, LimitReason(chosen)));
        }

        return chosen.Options;
    }

    private Trial Resize(Trial start, bool limits)
    {
        int least = Math.Max(2, LeastTopics * Math.Min(documents, LargeCorpus) / LargeCorpus);
        bool tooMany = start.Topics > MostTopics;
        if (!tooMany && start.Topics >= least)
        {
            return start;
        }

        double factor = tooMany ? SizeStep : 1 / SizeStep;
        double size = start.Options.MinClusterSize;
        for (int step = 0; step < MostSteps; step++)
        {
            size *= factor;
            int rounded = (int)Math.Round(size);
            if (rounded < AutomaticSettings.LeastClusterSize || rounded > documents / 2)
            {
                break;
            }

            Trial trial = Try(start.Options with { MinClusterSize = rounded, MaxClusterSize = 0 }, limits);
            if (trial.Topics <= MostTopics && trial.Topics >= least)
            {
                return trial;
            }
        }

        // No size brings the number of topics between the bounds, so the tree has no such grouping.
        return start;
    }

    /// <summary>Selects clusters, then splits the largest one while it is too large and its parts keep enough documents.</summary>
    private Trial Try(HdbscanOptions options, bool limits)
    {
        Trial trial = new(options, select(options));
        int limit = LargestFor(options);
        while (limits && trial.Largest > limit)
        {
            HdbscanOptions tighter = options with { MaxClusterSize = Math.Max(limit, trial.Largest - 1) };
            Trial broken = new(tighter, select(tighter));
            if (!trial.Holds(broken, KeptShare))
            {
                break;
            }

            trial = broken;
        }

        return trial;
    }

    private string SizeReason(Trial start, Trial chosen)
    {
        string rule = string.Create(
            CultureInfo.InvariantCulture, $"{documents} documents give a smallest cluster of {start.Options.MinClusterSize}");
        return start.Options.MinClusterSize == chosen.Options.MinClusterSize
            ? string.Create(CultureInfo.InvariantCulture, $"{rule}: {start.Topics} topics on this tree.")
            : string
                .Create(
                    CultureInfo.InvariantCulture,
                    $"{rule}, which makes {start.Topics} topics on this tree; {chosen.Options.MinClusterSize} makes {chosen.Topics}.");
    }

    private int LargestFor(HdbscanOptions options) => Math.Max((int)(LargeShare * documents), LargeMultiple * options.MinClusterSize);

    private string LimitReason(Trial chosen) => chosen.Options.MaxClusterSize > 0
        ? string
            .Create(
                CultureInfo.InvariantCulture,
                $"A cluster of more than {LargestFor(chosen.Options)} documents was broken up; the largest now holds {chosen.Largest}.")
        : string.Create(CultureInfo.InvariantCulture, $"The largest cluster holds {chosen.Largest} documents; none had to be broken up.");

    /// <summary>Result of one selection.</summary>
    private sealed class Trial
    {
        private readonly int[] _labels;
        private readonly int _largestLabel;

        public Trial(HdbscanOptions options, int[] labels)
        {
            Options = options;
            _labels = labels;
            int[] sizes = new int[labels.DefaultIfEmpty(-1).Max() + 1];
            foreach (int label in labels)
            {
                if (label >= 0)
                {
                    sizes[label]++;
                }
            }

            Topics = sizes.Length;
            Largest = sizes.DefaultIfEmpty(0).Max();
            _largestLabel = Array.IndexOf(sizes, Largest);
        }

        public HdbscanOptions Options { get; }

        public int Topics { get; }

        public int Largest { get; }

        /// <summary>Returns whether another selection keeps enough documents of the largest cluster in clusters.</summary>
        public bool Holds(Trial other, double share)
        {
            int kept = 0;
            for (int row = 0; row < _labels.Length; row++)
            {
                kept += _labels[row] == _largestLabel && other._labels[row] >= 0 ? 1 : 0;
            }

            return other.Largest < Largest && kept >= share * Largest;
        }
    }
}
