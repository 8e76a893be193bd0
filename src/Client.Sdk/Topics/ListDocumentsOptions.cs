namespace TopicGrpc.Client.Topics;

/// <summary>Options of a listing of documents with their topics.</summary>
public sealed record ListDocumentsOptions
{
    /// <summary>Only documents of this topic, −1 for the outliers. Default: all documents.</summary>
    public int? TopicId { get; init; }

    /// <summary>
    /// Id of a corpus whose documents the version assigned (<c>Fits.AssignAsync</c>), in the order of their assignment. Without texts,
    /// positions and embeddings. Default: the training documents.
    /// </summary>
    public string? Corpus { get; init; }

    /// <summary>Whether to return text, time and attributes. Default false.</summary>
    public bool IncludeContent { get; init; }

    /// <summary>Whether to return the position on the map; the first call for a version computes its map. Default false.</summary>
    public bool IncludePosition { get; init; }

    /// <summary>Whether to return the embedding. Default false.</summary>
    public bool IncludeEmbedding { get; init; }
}
