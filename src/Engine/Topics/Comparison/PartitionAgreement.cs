namespace TopicGrpc.Engine.Topics.Comparison;

/// <summary>Agreement of two partitions of the same items. Every label is a class, including −1.</summary>
internal static class PartitionAgreement
{
    /// <summary>Terms of a hypergeometric sum below this share of its largest term do not change the sum in double precision.</summary>
    private const double Negligible = 1e-18;

    /// <summary>
    /// Computes the adjusted mutual information (Vinh, Epps and Bailey 2010) with the arithmetic mean of the entropies,
    /// scikit-learn's default: 1 for equal partitions, about 0 for independent ones.
    /// </summary>
    /// <param name="first">Label of each item.</param>
    /// <param name="second">Label of each item in the other partition.</param>
    /// <returns>Agreement, at most 1; 1 if both partitions have a single class or no items.</returns>
    public static double AdjustedMutualInformation(ReadOnlySpan<int> first, ReadOnlySpan<int> second)
    {
        ContingencyTable table = new(first, second);
        int n = first.Length;
        double[] logarithms = new double[n + 1];
        for (int i = 1; i <= n; i++)
        {
            logarithms[i] = Math.Log(i);
        }

        double information = 0;
        foreach (((int row, int column), int count) in table.Cells)
        {
            double ratio = logarithms[n] + logarithms[count] - logarithms[table.RowSums[row]] - logarithms[table.ColumnSums[column]];
            information += (double)count / n * ratio;
        }

        double mean = (Entropy(table.RowSums, n, logarithms) + Entropy(table.ColumnSums, n, logarithms)) / 2;
        double expected = ExpectedInformation(table.RowSums, table.ColumnSums, n, logarithms);
        return mean - expected == 0 ? 1.0 : (information - expected) / (mean - expected);
    }

    private static double Entropy(int[] sums, int n, double[] logarithms)
    {
        double entropy = 0;
        foreach (int sum in sums)
        {
            entropy -= (double)sum / n * (logarithms[sum] - logarithms[n]);
        }

        return entropy;
    }

    /// <summary>
    /// Returns the mean of the mutual information over all contingency tables with these marginals: a sum of hypergeometric
    /// expectations over the cells. Cells with equal marginals are computed once.
    /// </summary>
    private static double ExpectedInformation(int[] rows, int[] columns, int n, double[] logarithms)
    {
        double[] logFactorials = new double[n + 1];
        for (int i = 1; i <= n; i++)
        {
            logFactorials[i] = logFactorials[i - 1] + logarithms[i];
        }

        (int Sum, int Times)[] distinctColumns = Distinct(columns);
        double expected = 0;
        foreach ((int a, int rowTimes) in Distinct(rows))
        {
            foreach ((int b, int columnTimes) in distinctColumns)
            {
                expected += (double)rowTimes * columnTimes * CellExpectation(a, b, n, logarithms, logFactorials);
            }
        }

        return expected;
    }

    private static (int Sum, int Times)[] Distinct(int[] sums) =>
        [.. sums.GroupBy(static sum => sum).OrderBy(static group => group.Key).Select(static group => (group.Key, group.Count()))];

    /// <summary>
    /// Returns E[c/n · ln(n·c/(a·b))] for a hypergeometric count c of marginals a and b. The sum starts at the mode, where the
    /// probability is largest, and follows the recurrence of the probabilities in both directions.
    /// </summary>
    private static double CellExpectation(int a, int b, int n, double[] logarithms, double[] logFactorials)
    {
        int least = Math.Max(1, a + b - n);
        int most = Math.Min(a, b);
        int mode = Math.Clamp((int)((a + 1.0) * (b + 1.0) / (n + 2.0)), least, most);
        double logProbability = logFactorials[a] + logFactorials[b] + logFactorials[n - a] + logFactorials[n - b] - logFactorials[n]
            - logFactorials[mode] - logFactorials[a - mode] - logFactorials[b - mode] - logFactorials[n - a - b + mode];
        double constant = logarithms[n] - logarithms[a] - logarithms[b];
        double largest = Math.Exp(logProbability);
        double sum = 0;
        double probability = largest;
        for (int cell = mode; cell <= most && probability > largest * Negligible; cell++)
        {
            sum += (double)cell / n * (constant + logarithms[cell]) * probability;
            probability *= (double)(a - cell) * (b - cell) / ((cell + 1.0) * (n - a - b + cell + 1.0));
        }

        probability = largest;
        for (int cell = mode; cell > least && probability > largest * Negligible; cell--)
        {
            probability *= (double)cell * (n - a - b + cell) / ((a - cell + 1.0) * (b - cell + 1.0));
            sum += (cell - 1.0) / n * (constant + logarithms[cell - 1]) * probability;
        }

        return sum;
    }
}
