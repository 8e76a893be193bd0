namespace TopicGrpc.Client.Corpora;

/// <summary>The receipt of erased documents. Contains no id and no text of a document.</summary>
public sealed record ErasureInfo
{
    /// <summary>Id of the corpus.</summary>
    public required string Corpus { get; init; }

    /// <summary>Id of the erasure.</summary>
    public required string Name { get; init; }

    /// <summary>Progress.</summary>
    public ErasureState State { get; init; }

    /// <summary>Number of erased documents of the corpus.</summary>
    public long DocumentCount { get; init; }

    /// <summary>Size of their texts in bytes of UTF-8.</summary>
    public long TextBytes { get; init; }

    /// <summary>When the deletion became durable and the documents hidden.</summary>
    public DateTimeOffset? Created { get; init; }

    /// <summary>When the bytes were removed from all files; null: not yet.</summary>
    public DateTimeOffset? Ended { get; init; }

    /// <summary>Places found so far, the versions first.</summary>
    public IReadOnlyList<ErasureFinding> Findings { get; init; } = [];

    /// <summary>
    /// Files and folders of the server's data folder that the server does not change and that may contain the documents: folders in
    /// quarantine, folders of no version, copies of the database from before an upgrade. At most 100.
    /// </summary>
    public IReadOnlyList<string> Unexamined { get; init; } = [];

    /// <summary>Why the last attempt to remove the bytes failed; the server retries. Empty: it did not fail.</summary>
    public string Error { get; init; } = "";

    /// <summary>Whether the retention of the corpus started the erasure.</summary>
    public bool ByRetention { get; init; }
}
