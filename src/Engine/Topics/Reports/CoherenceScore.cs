using TopicGrpc.Engine.Topics.Settings;

namespace TopicGrpc.Engine.Topics.Reports;

/// <summary>Coherence of the topics of a model.</summary>
/// <param name="Measure">Coherence measure.</param>
/// <param name="PerTopic">
/// One score per topic, in the given order; null for a topic with fewer than two words that occur in the texts.
/// </param>
/// <param name="Mean">Unweighted mean over the topics with a score; null if no topic has one.</param>
public sealed record CoherenceScore(CoherenceMeasure Measure, IReadOnlyList<double?> PerTopic, double? Mean);
