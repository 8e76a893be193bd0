namespace TopicGrpc.Engine.Topics.Queries;

/// <summary>Bins of equal width, (left, right], each named by its left edge, as in pandas' <c>cut</c>.</summary>
internal static class TimeBins
{
    private const int Precision = 3;

    /// <summary>Extension of the first edge, as a fraction of the range, so that the first bin contains the smallest value.</summary>
    private const double Margin = 0.001;

    /// <summary>
    /// Returns the left edge of the bin of each number, rounded to three decimals, or three digits below 1; to more digits if edges would
    /// coincide.
    /// </summary>
    public static double[] Numbers(IReadOnlyList<double> values, int count)
    {
        double[] edges = Edges(values, count);
        double[] labels = Rounded(edges);
        return [.. values.Select(value => labels[BinOf(edges, value)])];
    }

    /// <summary>Returns the left edge of the bin of each time, exact to 100 ns.</summary>
    public static DateTimeOffset[] Moments(IReadOnlyList<DateTimeOffset> values, int count)
    {
        double[] ticks = [.. values.Select(value => (double)value.UtcTicks)];
        double[] edges = Edges(ticks, count, equalMargin: TimeSpan.TicksPerSecond);
        return [.. ticks.Select(value => Moment(edges[BinOf(edges, value)]))];
    }

    // The first edge lies before the smallest time, which can be the first of the calendar.
    private static DateTimeOffset Moment(double ticks) =>
        new(Math.Clamp((long)ticks, DateTimeOffset.MinValue.Ticks, DateTimeOffset.MaxValue.Ticks), TimeSpan.Zero);

    /// <param name="values">Values to bin.</param>
    /// <param name="count">Number of bins.</param>
    /// <param name="equalMargin">
    /// Margin on both sides of values that are all equal: one second for times, as in pandas; null for <see cref="Margin"/> of the value.
    /// </param>
    private static double[] Edges(IReadOnlyList<double> values, int count, double? equalMargin = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        double low = values.Min();
        double high = values.Max();
        bool widen = low == high;
        if (widen)
        {
            double margin = equalMargin ?? (low == 0 ? Margin : Margin * Math.Abs(low));
            (low, high) = (low - margin, high + margin);
        }

        double[] edges = new double[count + 1];
        double step = (high - low) / count;
        for (int i = 0; i < count; i++)
        {
            edges[i] = low + (i * step);
        }

        edges[count] = high;
        edges[0] -= widen ? 0 : (high - low) * Margin;
        return edges;
    }

    private static int BinOf(double[] edges, double value)
    {
        int place = Array.BinarySearch(edges, value);
        return Math.Clamp((place < 0 ? ~place : place) - 1, 0, edges.Length - 2);
    }

    private static double[] Rounded(double[] edges)
    {
        for (int precision = Precision; precision < 16; precision++)
        {
            double[] rounded = [.. edges.Select(edge => Round(edge, precision))];
            if (rounded.Distinct().Count() == rounded.Length)
            {
                return rounded;
            }
        }

        return edges;
    }

    private static double Round(double value, int precision)
    {
        double fraction = value - Math.Truncate(value);
        if (value == 0 || fraction == 0)
        {
            return value;
        }

        int digits = Math.Truncate(value) == 0 ? precision - 1 - (int)Math.Floor(Math.Log10(Math.Abs(fraction))) : precision;
        double scale = Math.Pow(10, digits);
        return Math.Round(value * scale, MidpointRounding.ToEven) / scale;
    }
}
