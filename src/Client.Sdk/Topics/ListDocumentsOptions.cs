namespace TopicGrpc.Client.Topics;

/// <summary>Options of a listing of training documents.</summary>
public sealed record ListDocumentsOptions
{
    /// <summary>Only documents of this topic, −1 for the outliers. Default: all documents.</summary>
    public int? TopicId { get; init; }

    /// <summary>Whether to return text, time and attributes. Default false.</summary>
    public bool IncludeContent { get; init; }

    /// <summary>Whether to return the position on the map; the first call for a version computes its map. Default false.</summary>
    public bool IncludePosition { get; init; }

    /// <summary>Whether to return the embedding. Default false.</summary>
    public bool IncludeEmbedding { get; init; }
}
