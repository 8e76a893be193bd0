using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Server.Fitting;

/// <summary>All documents of a fit as vectors.</summary>
/// <param name="Rows">One row per document, in the order given.</param>
/// <param name="Kept">Rows that an earlier fit had worked out.</param>
/// <param name="Truncated">Documents that were longer than the encoder reads.</param>
/// <param name="Duration">Time it took.</param>
internal sealed record EmbeddingSummary(Matrix Rows, int Kept, int Truncated, TimeSpan Duration)
{
    // A clock that did not move between two readings; keeps the quotient finite.
    private static readonly TimeSpan ShortestDuration = TimeSpan.FromTicks(1);

    /// <summary>Documents embedded per second; where all were kept, documents read back per second.</summary>
    public double DocumentsPerSecond => (Kept < Rows.Rows ? Rows.Rows - Kept : Rows.Rows) / Math.Max(Duration.TotalSeconds, ShortestDuration.TotalSeconds);
}
