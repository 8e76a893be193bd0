using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Engine.Words;

/// <summary>Cosine similarity of sparse rows; 0 if a row is zero.</summary>
internal static class SparseCosine
{
    /// <summary>Returns the Euclidean norm of each row.</summary>
    public static double[] Norms(CsrMatrix<double> matrix)
    {
        double[] norms = new double[matrix.Rows];
        for (int row = 0; row < norms.Length; row++)
        {
            double sum = 0;
            foreach (double value in matrix.RowValues(row))
            {
                sum += value * value;
            }

            norms[row] = Math.Sqrt(sum);
        }

        return norms;
    }

    /// <summary>Returns the cosine similarity of every row to a target row.</summary>
    /// <param name="rows">Rows, n × terms.</param>
    /// <param name="targets">Matrix that contains the target, over the same terms.</param>
    /// <param name="target">Row number of the target.</param>
    public static double[] ToRow(CsrMatrix<double> rows, CsrMatrix<double> targets, int target)
    {
        double[] dense = new double[targets.Columns];
        ReadOnlySpan<int> columns = targets.RowColumns(target);
        ReadOnlySpan<double> values = targets.RowValues(target);
        double squares = 0;
        for (int i = 0; i < columns.Length; i++)
        {
            dense[columns[i]] = values[i];
            squares += values[i] * values[i];
        }

        double norm = Math.Sqrt(squares);
        double[] norms = Norms(rows);
        double[] cosines = new double[rows.Rows];
        for (int row = 0; row < cosines.Length; row++)
        {
            double dot = 0;
            for (int entry = rows.RowStarts[row]; entry < rows.RowStarts[row + 1]; entry++)
            {
                dot += rows.Values[entry] * dense[rows.ColumnIndices[entry]];
            }

            double scale = norm * norms[row];
            cosines[row] = scale > 0 ? dot / scale : 0;
        }

        return cosines;
    }
}
