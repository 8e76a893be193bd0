using System.Globalization;
using TopicGrpc.Engine.Clusters;
using TopicGrpc.Engine.Topics.Reports;
using TopicGrpc.Engine.Topics.Settings;

namespace TopicGrpc.Engine.Topics.Fitting;

/// <summary>Result of a <see cref="ResolutionSearch"/>: settings, the curve, and the reasons in words.</summary>
/// <param name="trials">Tried sizes, ascending.</param>
/// <param name="chosen">Index of the chosen size.</param>
/// <param name="reason">Reason of the choice.</param>
/// <param name="leastTopics">Fewest topics of an eligible size.</param>
internal sealed class ResolutionChoice(ResolutionTrial[] trials, int chosen, ResolutionReason reason, int leastTopics)
{
    private ResolutionTrial Trial => trials[chosen];

    /// <summary>Settings for the tree of the fit.</summary>
    public HdbscanOptions Options => Trial.Clusters.Options;

    /// <summary>All tried sizes.</summary>
    public IReadOnlyList<ResolutionPoint> Curve() =>
    [
        .. trials.Select((trial, i) => new ResolutionPoint(
            trial.Clusters.Options.MinClusterSize,
            trial.Clusters.Options.MaxClusterSize,
            trial.Clusters.Topics,
            trial.Clusters.Outliers,
            trial.Agreement,
            trial.IsBalanced && trial.FewestTopics >= leastTopics,
            i == chosen)),
    ];

    /// <summary>Adds the chosen settings with their reasons.</summary>
    public void Explain(AutomaticChoices open, List<SettingChoice> choices)
    {
        if (open.HasFlag(AutomaticChoices.MinClusterSize))
        {
            choices.Add(AutomaticSettings.Choice("hdbscan.min_cluster_size", Options.MinClusterSize, SizeReason()));
        }

        if (open.HasFlag(AutomaticChoices.MaxClusterSize))
        {
            choices.Add(AutomaticSettings.Choice("hdbscan.max_cluster_size", Options.MaxClusterSize, LimitReason()));
        }
    }

    private string SizeReason()
    {
        string result = string.Create(
            CultureInfo.InvariantCulture, $"{Trial.Clusters.Topics} topics, agreement between layouts {Trial.Agreement:F3}");
        string tried = string.Create(
            CultureInfo.InvariantCulture,
            $"{trials.Length} sizes from {trials[0].Clusters.Options.MinClusterSize} to {trials[^1].Clusters.Options.MinClusterSize}");
        return reason switch
        {
            ResolutionReason.Agreement => $"Of {tried}, layouts with different seeds agree best here: {result}.",
            ResolutionReason.Flat =>
                $"Layouts with different seeds agree as well as at the best of {tried}; the size by documents: {result}.",
            ResolutionReason.Coarser => $"The best of {tried} with at most two thirds of the topics of granularity auto: {result}.",
            ResolutionReason.Finer => $"The best of {tried} with at least one and a half times the topics of granularity auto: {result}.",
            ResolutionReason.NoOtherPeak =>
                $"The size of granularity auto; none of {tried} gives another usable number of topics: {result}.",
            ResolutionReason.Low =>
                $"Layouts with different seeds agree little at each of {tried}; the size follows from the number of documents: {result}.",
            ResolutionReason.MostTopics => $"Too few topics at each of {tried}; this one gives the most: {result}.",
            _ => $"Too few topics at each of {tried}; the size follows from the number of documents: {result}.",
        };
    }

    private string LimitReason() => Options.MaxClusterSize > 0
        ? string.Create(
            CultureInfo.InvariantCulture,
            $"A large cluster was split, because layouts agree on its parts; the largest now has {Trial.Clusters.Largest} documents.")
        : string.Create(
            CultureInfo.InvariantCulture, $"The largest cluster has {Trial.Clusters.Largest} documents; none had to be split.");
}
