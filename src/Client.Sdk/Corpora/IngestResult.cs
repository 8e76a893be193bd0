using TopicGrpc.Shared;

namespace TopicGrpc.Client.Corpora;

/// <summary>Result of an ingest.</summary>
public sealed record IngestResult
{
    /// <summary>Corpus of the documents.</summary>
    public required string Corpus { get; init; }

    /// <summary>Id of the ingest session.</summary>
    public required string SessionId { get; init; }

    /// <summary>Documents of the session, over all connections and processes.</summary>
    public required long Documents { get; init; }

    /// <summary>Documents stored that were new to the corpus.</summary>
    public long Accepted { get; init; }

    /// <summary>Documents that the corpus already contained with the same content.</summary>
    public long Duplicates { get; init; }

    /// <summary>Documents rejected, including those whose acknowledgment was lost with a connection.</summary>
    public long Rejected { get; init; }

    /// <summary>Rejected documents in the order sent, as far as their acknowledgments arrived.</summary>
    public IReadOnlyList<RejectedDocument> Rejections { get; init; } = [];

    /// <summary>
    /// Documents of <see cref="Rejections"/> whose id the corpus already has with other content; their new content is not stored.
    /// </summary>
    public long Conflicts => Rejections.Count(static rejection => rejection.Reason == ErrorReasons.DocumentConflict);

    /// <summary>Connections opened after the first.</summary>
    public int Reconnects { get; init; }
}
