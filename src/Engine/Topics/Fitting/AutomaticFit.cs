using TopicGrpc.Engine.Clusters;
using TopicGrpc.Engine.Topics.Reports;
using TopicGrpc.Engine.Topics.Settings;

namespace TopicGrpc.Engine.Topics.Fitting;

/// <summary>The choices of one fit: from the number of documents when it begins, from the tree when that is built.</summary>
internal sealed class AutomaticFit
{
    private readonly List<SettingChoice> _choices = [];
    private readonly int _documents;

    public AutomaticFit(TopicModelOptions options, int documents)
    {
        _documents = documents;
        Options = AutomaticSettings.ForDocuments(options, documents, _choices);
    }

    /// <summary>Settings to begin with; what the tree may change is marked.</summary>
    public TopicModelOptions Options { get; }

    /// <summary>Selects anew from a tree with the settings that it suggests.</summary>
    /// <param name="clusters">Clusters as the settings to begin with gave them.</param>
    /// <param name="options">Settings to begin with.</param>
    /// <returns>Clusters and settings as a fit with these settings gives them.</returns>
    public (HdbscanModel Clusters, TopicModelOptions Options) AtTree(HdbscanModel clusters, TopicModelOptions options)
    {
        if (options.Automatic == AutomaticChoices.None)
        {
            return (clusters, options);
        }

        HdbscanOptions chosen = new TreeChoice(clusters.SelectLabels, _documents).Choose(options.Clusters, options.Automatic, _choices);
        return (clusters.Reselected(chosen), options with { Clusters = chosen, Automatic = AutomaticChoices.None });
    }

    /// <summary>The settings of a fit whose tree, if there is one, holds a part of the documents only.</summary>
    public TopicModelOptions WithoutTree(TopicModelOptions options)
    {
        if (options.Automatic.HasFlag(AutomaticChoices.MinClusterSize))
        {
            _choices.Add(AutomaticSettings.Choice("hdbscan.min_cluster_size", options.Clusters.MinClusterSize, "It follows from the number of documents; the tree of a part of them is not asked."));
        }

        return options with { Automatic = AutomaticChoices.None };
    }

    /// <summary>Adds to a report what was chosen, as far as the fit had that stage.</summary>
    public TopicModel Explain(TopicModel model)
    {
        List<SettingChoice> used = model.Layout is null ? [.. _choices.Where(static choice => !OfAStageLeftOut(choice))] : _choices;
        return used.Count == 0 ? model : model.WithReport(model.Report with { Choices = used });
    }

    private static bool OfAStageLeftOut(SettingChoice choice) =>
        choice.Setting.StartsWith("umap.", StringComparison.Ordinal) || choice.Setting.StartsWith("hdbscan.", StringComparison.Ordinal);
}
