using System.Text.Json.Serialization;

namespace TopicGrpc.Client.Settings;

/// <summary>
/// Sample of the documents on which a fit computes layout and clusters. All other documents get the topic that a prediction gives them,
/// and words are counted over all documents. Null means the default of the server.
/// </summary>
public sealed record SampleSettings
{
    /// <summary>
    /// Documents in the sample, 100 or more, at least twice the smallest cluster. Default 100,000. A corpus with at most this many
    /// documents is fitted as a whole.
    /// </summary>
    [JsonPropertyName("size")]
    public int? Size { get; init; }

    /// <summary>Attribute whose values have the same shares in the sample as in the corpus. Default none.</summary>
    [JsonPropertyName("attribute")]
    public string? Attribute { get; init; }

    /// <summary>
    /// Spans of time with the same number of documents, which have the same share in the sample as in the corpus; 0 to 1,000. Default 0:
    /// none.
    /// </summary>
    [JsonPropertyName("time_strata")]
    public int? TimeStrata { get; init; }
}
