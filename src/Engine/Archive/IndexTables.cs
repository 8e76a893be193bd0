using TopicGrpc.Engine.Neighbors;
using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Engine.Archive;

/// <summary>
/// Reads and writes the quantized training rows for neighbor queries. They are stored because computing them would dominate the load time.
/// </summary>
internal static class IndexTables
{
    public static void Write(ArchiveWriter writer, RowIndex index)
    {
        CoarseRows coarse = index.Coarse;
        writer.Write(ArchiveNames.IndexDirections, coarse.Directions.Span, coarse.Directions.Columns);
        writer.Write(ArchiveNames.IndexCoarse, coarse.Codes.Span);
        writer.Write(ArchiveNames.IndexCoarseNumbers, [.. coarse.Steps, .. coarse.Roundings, .. coarse.Rests], coarse.Steps.Length);
        writer.Write(ArchiveNames.IndexFine, index.Fine.Codes.Span);
        writer.Write(ArchiveNames.IndexFineNumbers, [.. index.Fine.Steps, .. index.Fine.Residuals], index.Fine.Steps.Length);
    }

    /// <summary>Reads the index.</summary>
    /// <returns>The index; null if the archive has none.</returns>
    /// <exception cref="ArgumentException">The stored sizes do not match <paramref name="rows"/>.</exception>
    public static RowIndex? Read(ArchiveContent content, Matrix rows, DistanceMetric metric)
    {
        if (!content.Has(ArchiveNames.IndexCoarse))
        {
            return null;
        }

        Matrix coarse = content.Matrix(ArchiveNames.IndexCoarseNumbers);
        Matrix fine = content.Matrix(ArchiveNames.IndexFineNumbers);
        if (coarse.Rows != 3 || fine.Rows != 2)
        {
            throw new InvalidDataException(
                $"{ArchiveNames.IndexCoarseNumbers} and {ArchiveNames.IndexFineNumbers} have {coarse.Rows} and {fine.Rows} rows; "
                + "they must have 3 and 2.");
        }

        RowGeometry geometry = new(rows, metric, 1, CancellationToken.None);
        CoarseCodes stored = new(
            content.Matrix(ArchiveNames.IndexDirections),
            content.SmallIntegers(ArchiveNames.IndexCoarse),
            coarse.Row(0).ToArray(),
            coarse.Row(1).ToArray(),
            coarse.Row(2).ToArray());
        return new RowIndex(
            geometry,
            new CoarseRows(rows, geometry, stored),
            new QuantizedRows(rows, content.SmallIntegers(ArchiveNames.IndexFine), fine.Row(0).ToArray(), fine.Row(1).ToArray()));
    }
}
