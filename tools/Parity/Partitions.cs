using TopicGrpc.Engine.Topics.Comparison;

namespace TopicGrpc.Parity;

/// <summary>Agreement of two partitions of the same items. Every label is a class, including −1.</summary>
internal static class Partitions
{
    /// <summary>
    /// Computes the adjusted mutual information (Vinh, Epps and Bailey 2010) with the arithmetic mean of the entropies,
    /// scikit-learn's default.
    /// </summary>
    public static double AdjustedMutualInformation(ReadOnlySpan<int> first, ReadOnlySpan<int> second)
    {
        ContingencyTable table = new(first, second);
        double n = first.Length;
        double information = 0;
        foreach (((int row, int column), int count) in table.Cells)
        {
            information += count / n * Math.Log(n * count / ((double)table.RowSums[row] * table.ColumnSums[column]));
        }

        double mean = (Entropy(table.RowSums, n) + Entropy(table.ColumnSums, n)) / 2;
        double expected = ExpectedInformation(table.RowSums, table.ColumnSums, first.Length);
        return mean == 0 ? 1.0 : (information - expected) / (mean - expected);
    }

    /// <summary>
    /// Maps each label of <paramref name="first"/> to the label of <paramref name="second"/> with the largest overlap, one
    /// to one; −1 maps to −1.
    /// </summary>
    public static Dictionary<int, int> Match(ReadOnlySpan<int> first, ReadOnlySpan<int> second)
    {
        Dictionary<(int First, int Second), int> shared = [];
        for (int i = 0; i < first.Length; i++)
        {
            shared[(first[i], second[i])] = shared.GetValueOrDefault((first[i], second[i])) + 1;
        }

        Dictionary<int, int> match = new() { [-1] = -1 };
        HashSet<int> taken = [-1];
        foreach ((int a, int b) in shared.OrderByDescending(cell => cell.Value).ThenBy(cell => cell.Key).Select(cell => cell.Key))
        {
            if (!match.ContainsKey(a) && taken.Add(b))
            {
                match[a] = b;
            }
        }

        return match;
    }

    private static double Entropy(int[] sums, double n) => -sums.Sum(sum => sum / n * Math.Log(sum / n));

    // Mean of the mutual information over all contingency tables with these marginals: a sum of hypergeometric expectations over the cells.
    private static double ExpectedInformation(int[] rows, int[] columns, int n)
    {
        double[] logFactorial = new double[n + 1];
        for (int i = 2; i <= n; i++)
        {
            logFactorial[i] = logFactorial[i - 1] + Math.Log(i);
        }

        double expected = 0;
        foreach (int a in rows)
        {
            foreach (int b in columns)
            {
                double constant = logFactorial[a] + logFactorial[b] + logFactorial[n - a] + logFactorial[n - b] - logFactorial[n];
                for (int cell = Math.Max(1, a + b - n); cell <= Math.Min(a, b); cell++)
                {
                    double logProbability = constant
                        - logFactorial[cell]
                        - logFactorial[a - cell]
                        - logFactorial[b - cell]
                        - logFactorial[n - a - b + cell];
                    expected += (double)cell / n * Math.Log((double)n * cell / ((double)a * b)) * Math.Exp(logProbability);
                }
            }
        }

        return expected;
    }
}
