using TopicGrpc.Engine.Neighbors;
using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Engine.Archive;

/// <summary>The copies of the training rows in fewer bits, to files and back: working them out again would take longer than all else of loading.</summary>
internal static class IndexTables
{
    public static void Write(ArchiveWriter writer, RowIndex index)
    {
        writer.Write(ArchiveNames.IndexDirections, index.Coarse.Directions.Span, index.Coarse.Directions.Columns);
        writer.Write(ArchiveNames.IndexCoarse, index.Coarse.Codes.Span);
        writer.Write(ArchiveNames.IndexCoarseNumbers, [.. index.Coarse.Steps, .. index.Coarse.Roundings, .. index.Coarse.Rests], index.Coarse.Steps.Length);
        writer.Write(ArchiveNames.IndexFine, index.Fine.Codes.Span);
        writer.Write(ArchiveNames.IndexFineNumbers, [.. index.Fine.Steps, .. index.Fine.Residuals], index.Fine.Steps.Length);
    }

    /// <returns>Null in an archive without them.</returns>
    /// <exception cref="ArgumentException">They are of other rows.</exception>
    public static RowIndex? Read(ArchiveContent content, Matrix rows, DistanceMetric metric)
    {
        if (!content.Has(ArchiveNames.IndexCoarse))
        {
            return null;
        }

        RowGeometry geometry = new(rows, metric, 1, CancellationToken.None);
        Matrix coarse = content.Matrix(ArchiveNames.IndexCoarseNumbers);
        Matrix fine = content.Matrix(ArchiveNames.IndexFineNumbers);
        return coarse.Rows == 3 && fine.Rows == 2
            ? new RowIndex(
                geometry,
                new CoarseRows(
                    rows,
                    geometry,
                    content.Matrix(ArchiveNames.IndexDirections),
                    content.SmallIntegers(ArchiveNames.IndexCoarse),
                    coarse.Row(0).ToArray(),
                    coarse.Row(1).ToArray(),
                    coarse.Row(2).ToArray()),
                new QuantizedRows(rows, content.SmallIntegers(ArchiveNames.IndexFine), fine.Row(0).ToArray(), fine.Row(1).ToArray()))
            : throw new InvalidDataException($"{ArchiveNames.IndexCoarseNumbers} and {ArchiveNames.IndexFineNumbers} hold {coarse.Rows} and {fine.Rows} rows; 3 and 2 are expected.");
    }
}
