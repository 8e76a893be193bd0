namespace TopicGrpc.Engine.Topics.Quality;

/// <summary>Coherence of a model's topics.</summary>
/// <param name="Measure">Which coherence.</param>
/// <param name="PerTopic">One score a topic, in the order given.</param>
/// <param name="Mean">Plain mean over topics, whatever their size; NaN without topics.</param>
public sealed record CoherenceScore(CoherenceMeasure Measure, IReadOnlyList<double> PerTopic, double Mean);
