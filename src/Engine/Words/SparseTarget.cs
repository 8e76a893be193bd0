using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Engine.Words;

/// <summary>
/// Cosine similarity of sparse rows with one row of a matrix after another; 0 if a row is zero. Holds one value per term for the row:
/// reuse it for many rows. Not thread-safe.
/// </summary>
/// <param name="targets">Matrix of the rows to compare with.</param>
internal sealed class SparseTarget(CsrMatrix<double> targets)
{
    private readonly double[] _dense = new double[targets.Columns];

    /// <summary>Returns the similarity of every row to a target row.</summary>
    /// <param name="target">Row number of the target.</param>
    /// <param name="rows">Rows, n × terms, over the same terms.</param>
    public double[] Compare(int target, CsrMatrix<double> rows)
    {
        ReadOnlySpan<int> columns = targets.RowColumns(target);
        ReadOnlySpan<double> values = targets.RowValues(target);
        double squares = 0;
        for (int i = 0; i < columns.Length; i++)
        {
            _dense[columns[i]] = values[i];
            squares += values[i] * values[i];
        }

        double norm = Math.Sqrt(squares);
        double[] norms = SparseNorms.Of(rows);
        double[] cosines = new double[rows.Rows];
        for (int row = 0; row < cosines.Length; row++)
        {
            double scale = norm * norms[row];
            cosines[row] = scale > 0 ? Dot(rows, row) / scale : 0;
        }

        foreach (int column in columns)
        {
            _dense[column] = 0;
        }

        return cosines;
    }

    private double Dot(CsrMatrix<double> rows, int row)
    {
        double dot = 0;
        for (int entry = rows.RowStarts[row]; entry < rows.RowStarts[row + 1]; entry++)
        {
            dot += rows.Values[entry] * _dense[rows.ColumnIndices[entry]];
        }

        return dot;
    }
}
