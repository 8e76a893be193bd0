using System.Text.Json.Serialization;

namespace TopicGrpc.Client.Settings;

/// <summary>
/// Chooses the words whose embeddings are nearest to the representative documents of the topic, as BERTopic's <c>KeyBERTInspired</c>. It
/// ignores the words of the previous step. Scores are cosine similarities. Null means the default.
/// </summary>
public sealed record KeyBertInspired : TopicRepresentation
{
    /// <summary>Words to choose, 1 to 100; Python <c>top_n_words</c>. Default 10.</summary>
    [JsonPropertyName("top_n_words")]
    public int? WordCount { get; init; }

    /// <summary>Representative documents per topic, 1 to 500; Python <c>nr_repr_docs</c>. Default 5.</summary>
    [JsonPropertyName("nr_repr_docs")]
    public int? RepresentativeDocumentCount { get; init; }

    /// <summary>Candidate words, 1 to 1,000; Python <c>nr_candidate_words</c>. Default 100.</summary>
    [JsonPropertyName("nr_candidate_words")]
    public int? CandidateCount { get; init; }
}
