namespace TopicGrpc.Client.Corpora;

/// <summary>How an ingest ended.</summary>
public sealed record IngestResult
{
    /// <summary>Corpus that took the documents.</summary>
    public required string Corpus { get; init; }

    /// <summary>Id of the upload.</summary>
    public required string SessionId { get; init; }

    /// <summary>Documents of the upload, in all its sessions.</summary>
    public required long Documents { get; init; }

    /// <summary>Documents stored that the corpus did not have.</summary>
    public long Accepted { get; init; }

    /// <summary>Documents that the corpus had with the same content.</summary>
    public long Duplicates { get; init; }

    /// <summary>Documents refused, those included whose acknowledgement was lost with a connection.</summary>
    public long Rejected { get; init; }

    /// <summary>Documents refused, in the order sent, as far as their acknowledgements arrived.</summary>
    public IReadOnlyList<RejectedDocument> Rejections { get; init; } = [];

    /// <summary>Connections opened after the first.</summary>
    public int Reconnects { get; init; }
}
