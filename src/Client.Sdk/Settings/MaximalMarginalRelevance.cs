using System.Text.Json.Serialization;

namespace TopicGrpc.Client.Settings;

/// <summary>Chooses words that are relevant and diverse (Carbonell and Goldstein 1998). Null means the default.</summary>
public sealed record MaximalMarginalRelevance : TopicRepresentation
{
    /// <summary>Weight of diversity against relevance, 0 to 1; Python <c>diversity</c>. Default 0.1.</summary>
    [JsonPropertyName("diversity")]
    public double? Diversity { get; init; }

    /// <summary>Words to choose, 1 to 100; Python <c>top_n_words</c>. Default 10.</summary>
    [JsonPropertyName("top_n_words")]
    public int? WordCount { get; init; }
}
