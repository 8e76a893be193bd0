using TopicGrpc.Client.Settings;

namespace TopicGrpc.Client.Fits;

/// <summary>Coherence of the topics' ten best words over the corpus, as gensim computes it.</summary>
/// <param name="Measure">One of <see cref="CoherenceMeasures"/>.</param>
/// <param name="Mean">Plain mean over topics; null where none has a score.</param>
/// <param name="TopicScores">Score by topic; a topic with fewer than two words that the corpus holds has none.</param>
public sealed record TopicCoherence(string Measure, double? Mean, IReadOnlyDictionary<int, double> TopicScores);
