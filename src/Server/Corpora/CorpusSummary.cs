namespace TopicGrpc.Server.Corpora;

/// <summary>What can be said of a corpus without reading its documents.</summary>
/// <param name="Documents">Durable documents; 0 if even that is unreadable.</param>
/// <param name="TextBytes">Bytes of their texts in UTF-8.</param>
/// <param name="Damage">What is known to be damaged or missing; null for nothing.</param>
internal sealed record CorpusSummary(long Documents, long TextBytes, string? Damage)
{
    /// <summary>
    /// Earliest time of a document, or an earlier one of documents that were erased; null if none has a time, or it is not known.
    /// </summary>
    public DateTimeOffset? Earliest { get; init; }

    /// <summary>Numbers of the given embeddings of the documents; 0 for none.</summary>
    public int Dimension { get; init; }

    /// <summary>Bytes of the texts and of the given embeddings.</summary>
    public long ContentBytes => TextBytes + (Documents * Dimension * sizeof(float));

    public bool IsDamaged => Damage is not null;
}
