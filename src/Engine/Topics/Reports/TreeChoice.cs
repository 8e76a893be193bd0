using TopicGrpc.Engine.Clusters;

namespace TopicGrpc.Engine.Topics.Reports;

/// <summary>Sizes of clusters that an automatic fit chose from the cluster tree.</summary>
/// <param name="Options">Settings with the chosen sizes.</param>
/// <param name="Reasons">The choices for the report.</param>
/// <param name="Curve">All tried sizes.</param>
internal sealed record TreeChoice(
    HdbscanOptions Options, IReadOnlyList<SettingChoice> Reasons, IReadOnlyList<ResolutionPoint> Curve);
