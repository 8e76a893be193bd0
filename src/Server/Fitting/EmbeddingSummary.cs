using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Server.Fitting;

/// <summary>Embeddings of all documents of a fit.</summary>
/// <param name="Rows">One row per document, in the order given.</param>
/// <param name="Kept">Rows that were cached by an earlier fit.</param>
/// <param name="Truncated">Documents cut at the encoder's last token.</param>
/// <param name="Duration">Time it took.</param>
internal sealed record EmbeddingSummary(Matrix Rows, int Kept, int Truncated, TimeSpan Duration)
{
    /// <summary>Ids of the documents that were removed, because the encoder computes numbers that are not finite for them.</summary>
    public IReadOnlyList<string> NotFinite { get; init; } = [];

    /// <summary>Ids of the documents that were removed, because members of the cluster ended while they embedded them.</summary>
    public IReadOnlyList<string> Quarantined { get; init; } = [];

    /// <summary>Whether documents were removed.</summary>
    public bool HasRemoved => NotFinite.Count > 0 || Quarantined.Count > 0;

    // A test clock may not move between two readings; the quotient must stay finite.
    private static readonly TimeSpan ShortestDuration = TimeSpan.FromTicks(1);

    /// <summary>Documents embedded per second; when all were cached, documents read per second.</summary>
    public double DocumentsPerSecond =>
        (Kept < Rows.Rows ? Rows.Rows - Kept : Rows.Rows) / Math.Max(Duration.TotalSeconds, ShortestDuration.TotalSeconds);
}
