using TopicGrpc.Engine.Topics.Settings;

namespace TopicGrpc.Engine.Topics.Reports;

/// <summary>Coherence of a model's topics.</summary>
/// <param name="Measure">Which coherence.</param>
/// <param name="PerTopic">One score a topic, in the order given; null for a topic with fewer than two words that the texts hold.</param>
/// <param name="Mean">Plain mean over the topics that have a score, whatever their size; null where none has.</param>
public sealed record CoherenceScore(CoherenceMeasure Measure, IReadOnlyList<double?> PerTopic, double? Mean);
