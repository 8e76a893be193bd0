using TopicGrpc.Client.Settings;

namespace TopicGrpc.Client.Fits;

/// <summary>Coherence of the topics' ten best words over the corpus, as gensim computes it.</summary>
/// <param name="Measure">One of <see cref="CoherenceMeasures"/>.</param>
/// <param name="Mean">Mean over the topics; null if no topic has a score.</param>
/// <param name="TopicScores">Score by topic, without topics that have fewer than two words in the corpus.</param>
public sealed record TopicCoherence(string Measure, double? Mean, IReadOnlyDictionary<int, double> TopicScores);
