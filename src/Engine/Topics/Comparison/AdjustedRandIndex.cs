namespace TopicGrpc.Engine.Topics.Comparison;

/// <summary>
/// Agreement of two partitions of the same items, corrected for chance. Source: Hubert and Arabie 1985, "Comparing partitions";
/// scikit-learn's <c>adjusted_rand_score</c>.
/// </summary>
public static class AdjustedRandIndex
{
    /// <summary>
    /// Computes the index: 1 for equal partitions, about 0 for unrelated ones, −0.5 at least. Each label is one class, including −1.
    /// </summary>
    /// <param name="first">Label of each item.</param>
    /// <param name="second">Label of each item in the other partition.</param>
    /// <returns>The index; 1 for fewer than two items.</returns>
    /// <exception cref="ArgumentException">The labels differ in number.</exception>
    public static double Compute(ReadOnlySpan<int> first, ReadOnlySpan<int> second)
    {
        ContingencyTable table = new(first, second);
        double pairs = Pairs(first.Length);
        double both = table.Cells.Values.Sum(Pairs);
        double a = table.RowSums.Sum(Pairs);
        double b = table.ColumnSums.Sum(Pairs);
        double expected = pairs == 0 ? 0 : a * b / pairs;
        double largest = (a + b) / 2;
        return largest == expected ? 1.0 : (both - expected) / (largest - expected);
    }

    private static double Pairs(int count) => count * (count - 1.0) / 2;
}
