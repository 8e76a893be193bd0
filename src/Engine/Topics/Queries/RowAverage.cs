using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Words;

namespace TopicGrpc.Engine.Topics.Queries;

/// <summary>Averages rows of two sparse matrices over the same columns.</summary>
internal static class RowAverage
{
    /// <summary>
    /// Row i of the result is the mean of row <c>leftRows[i]</c> and row <c>rightRows[i]</c>; with −1 on the right, the left row alone.
    /// </summary>
    public static CsrMatrix<double> Of(CsrMatrix<double> left, int[] leftRows, CsrMatrix<double> right, int[] rightRows)
    {
        CsrBuilder<double> result = new(left.Columns, leftRows.Length);
        List<int> columns = [];
        List<double> values = [];
        for (int row = 0; row < leftRows.Length; row++)
        {
            columns.Clear();
            values.Clear();
            if (rightRows[row] < 0)
            {
                result.AddRow(left.RowColumns(leftRows[row]), left.RowValues(leftRows[row]));
                continue;
            }

            Merge(left, leftRows[row], right, rightRows[row], columns, values);
            result.AddRow([.. columns], [.. values]);
        }

        return result.Build();
    }

    private static void Merge(
        CsrMatrix<double> left, int leftRow, CsrMatrix<double> right, int rightRow, List<int> columns, List<double> values)
    {
        int i = left.RowStarts[leftRow];
        int j = right.RowStarts[rightRow];
        while (i < left.RowStarts[leftRow + 1] || j < right.RowStarts[rightRow + 1])
        {
            int leftColumn = i < left.RowStarts[leftRow + 1] ? left.ColumnIndices[i] : int.MaxValue;
            int rightColumn = j < right.RowStarts[rightRow + 1] ? right.ColumnIndices[j] : int.MaxValue;
            double sum = 0;
            if (rightColumn <= leftColumn)
            {
                sum += right.Values[j++];
            }

            if (leftColumn <= rightColumn)
            {
                sum += left.Values[i++];
            }

            columns.Add(Math.Min(leftColumn, rightColumn));
            values.Add(sum / 2);
        }
    }
}
