using TopicGrpc.Engine.Clusters;
using TopicGrpc.Engine.Topics.Reports;
using TopicGrpc.Engine.Topics.Settings;

namespace TopicGrpc.Engine.Topics.Fitting;

/// <summary>Automatic settings of one fit: first by the number of documents, then by the cluster tree.</summary>
internal sealed class AutomaticFit
{
    private readonly List<SettingChoice> _choices = [];
    private readonly int _documents;

    public AutomaticFit(TopicModelOptions options, int documents)
    {
        _documents = documents;
        Options = AutomaticSettings.ForDocuments(options, documents, _choices);
    }

    /// <summary>Initial settings; those that the tree can change stay marked as automatic.</summary>
    public TopicModelOptions Options { get; }

    /// <summary>Selects clusters from the tree again, with the settings that the tree suggests.</summary>
    /// <param name="clusters">Clusters by the initial settings.</param>
    /// <param name="options">Initial settings.</param>
    /// <returns>Clusters and settings, equal to a fit with these settings.</returns>
    public (HdbscanModel Clusters, TopicModelOptions Options) AtTree(HdbscanModel clusters, TopicModelOptions options)
    {
        if (options.Automatic == AutomaticChoices.None)
        {
            return (clusters, options);
        }

        HdbscanOptions chosen = new TreeChoice(clusters.SelectLabels, _documents).Choose(options.Clusters, options.Automatic, _choices);
        return (clusters.Reselected(chosen), options with { Clusters = chosen, Automatic = AutomaticChoices.None });
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

        return options with { Automatic = AutomaticChoices.None };
    }

    /// <summary>Adds the choices to the report, except those of stages that did not run.</summary>
    public TopicModel Explain(TopicModel model)
    {
        List<SettingChoice> used = model.Layout is null ? [.. _choices.Where(static choice => !OfAStageLeftOut(choice))] : _choices;
        return used.Count == 0 ? model : model.WithReport(model.Report with { Choices = used });
    }

    private static bool OfAStageLeftOut(SettingChoice choice) =>
        choice.Setting.StartsWith("umap.", StringComparison.Ordinal) || choice.Setting.StartsWith("hdbscan.", StringComparison.Ordinal);
}
