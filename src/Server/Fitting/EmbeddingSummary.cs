using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Server.Fitting;

/// <summary>All documents of a fit as vectors.</summary>
/// <param name="Rows">One row per document, in the order given.</param>
/// <param name="Kept">Rows that an earlier fit had worked out.</param>
/// <param name="Truncated">Documents that were longer than the encoder reads.</param>
/// <param name="Duration">Time it took.</param>
internal sealed record EmbeddingSummary(Matrix Rows, int Kept, int Truncated, TimeSpan Duration)
{
    /// <summary>Documents embedded per second; 0 when all were kept.</summary>
    public double DocumentsPerSecond => Duration > TimeSpan.Zero ? (Rows.Rows - Kept) / Duration.TotalSeconds : 0;
}
