using TopicGrpc.Engine.Clusters;
using TopicGrpc.Engine.Layout;
using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Topics.Reports;
using TopicGrpc.Engine.Topics.Settings;

namespace TopicGrpc.Engine.Topics.Fitting;

/// <summary>Automatic settings of one fit: first by the number of documents, then by the cluster tree.</summary>
internal sealed class AutomaticFit
{
    private readonly List<SettingChoice> _choices = [];
    private readonly int _documents;
    private IReadOnlyList<ResolutionPoint> _curve = [];

    public AutomaticFit(TopicModelOptions options, int documents)
    {
        _documents = documents;
        Options = AutomaticSettings.ForDocuments(options, documents, _choices);
    }

    /// <summary>Initial settings; those that the tree can change stay marked as automatic.</summary>
    public TopicModelOptions Options { get; }

    /// <summary>Returns the settings of the check layouts; empty if the tree decides nothing.</summary>
    public IReadOnlyList<UmapOptions> Checks(TopicModelOptions options) =>
        options.Automatic == AutomaticChoices.None ? [] : CheckLayouts.For(options.Layout, _documents);

    /// <summary>Chooses from the tree the sizes of clusters at which the layouts agree.</summary>
    /// <param name="clusters">Clusters by the initial settings.</param>
    /// <param name="options">Initial settings.</param>
    /// <param name="repeats">Documents with the same text; null if the tree has a point for each document.</param>
    /// <param name="checks">Positions of the check layouts.</param>
    /// <param name="compute">Threads; they do not change the result.</param>
    /// <param name="cancellationToken">Cancels between blocks of points and between two sizes.</param>
    /// <returns>The choice; null if the settings leave nothing to choose.</returns>
    public TreeChoice? Choose(
        HdbscanModel clusters,
        TopicModelOptions options,
        RepeatedTexts? repeats,
        IReadOnlyList<Matrix> checks,
        ComputeOptions compute,
        CancellationToken cancellationToken)
    {
        if (options.Automatic == AutomaticChoices.None)
        {
            return null;
        }

        List<Func<HdbscanOptions, int[]>> layouts = [clusters.SelectLabels];
        foreach (Matrix positions in checks)
        {
            var tree = ClusterTree.Build(positions, options.Clusters, compute, cancellationToken);
            layouts.Add((repeats is not null ? tree.Extended(repeats.DistinctOf) : tree).SelectLabels);
        }

        ResolutionChoice choice = new ResolutionSearch(layouts, _documents).Choose(
            options.Clusters, options.Automatic, options.Granularity, compute, cancellationToken);
        List<SettingChoice> reasons = [];
        choice.Explain(options.Automatic, reasons);
        return new TreeChoice(choice.Options, reasons, choice.Curve());
    }

    /// <summary>Adds a choice from the tree to the report.</summary>
    /// <param name="choice">The choice; null if nothing was chosen.</param>
    /// <param name="options">Initial settings.</param>
    /// <returns>The settings with the chosen sizes.</returns>
    public TopicModelOptions Apply(TreeChoice? choice, TopicModelOptions options)
    {
        if (choice is null)
        {
            return options;
        }

        _choices.AddRange(choice.Reasons);
        _curve = choice.Curve;
        return Resolved(options with { Clusters = choice.Options });
    }

    /// <summary>Returns the settings of a fit without a tree of all documents.</summary>
    public TopicModelOptions WithoutTree(TopicModelOptions options)
    {
        if (options.Automatic.HasFlag(AutomaticChoices.MinClusterSize))
        {
            _choices.Add(
                AutomaticSettings.Choice(
                    "hdbscan.min_cluster_size",
                    options.Clusters.MinClusterSize,
                    "It follows from the number of documents; the tree covers only a part of them and is not used."));
        }

        return Resolved(options);
    }

    /// <summary>Adds the choices to the report, except those of stages that did not run.</summary>
    public TopicModel Explain(TopicModel model)
    {
        List<SettingChoice> used = model.Layout is null ? [.. _choices.Where(static choice => !OfAStageLeftOut(choice))] : _choices;
        return used.Count == 0 ? model : model.WithReport(model.Report with { Choices = used, Resolution = _curve });
    }

    /// <summary>Returns settings that leave nothing to choose.</summary>
    private static TopicModelOptions Resolved(TopicModelOptions options) =>
        options with { Automatic = AutomaticChoices.None, Granularity = Granularity.Auto };

    private static bool OfAStageLeftOut(SettingChoice choice) =>
        choice.Setting.StartsWith("umap.", StringComparison.Ordinal) || choice.Setting.StartsWith("hdbscan.", StringComparison.Ordinal);
}
