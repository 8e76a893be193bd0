namespace TopicGrpc.Parity.Topics;

/// <summary>Difference of two lists of numbers; infinite if their lengths differ.</summary>
internal static class Difference
{
    /// <summary>Returns the largest |a − b| / max(|b|, 1e-12).</summary>
    public static double Relative(ReadOnlySpan<double> actual, ReadOnlySpan<double> expected)
    {
        if (actual.Length != expected.Length)
        {
            return double.PositiveInfinity;
        }

        double largest = 0;
        for (int i = 0; i < actual.Length; i++)
        {
            double difference = Math.Abs(actual[i] - expected[i]) / Math.Max(Math.Abs(expected[i]), 1e-12);
            largest = double.IsNaN(difference) ? double.PositiveInfinity : Math.Max(largest, difference);
        }

        return largest;
    }

    /// <summary>Returns the largest |a − b|.</summary>
    public static double Absolute(ReadOnlySpan<double> actual, ReadOnlySpan<double> expected)
    {
        if (actual.Length != expected.Length)
        {
            return double.PositiveInfinity;
        }

        double largest = 0;
        for (int i = 0; i < actual.Length; i++)
        {
            double difference = Math.Abs(actual[i] - expected[i]);
            largest = double.IsNaN(difference) ? double.PositiveInfinity : Math.Max(largest, difference);
        }

        return largest;
    }

    /// <summary>Returns the number of positions that differ.</summary>
    public static double Count<T>(ReadOnlySpan<T> actual, ReadOnlySpan<T> expected)
        where T : IEquatable<T>
    {
        int count = Math.Abs(actual.Length - expected.Length);
        for (int i = 0; i < Math.Min(actual.Length, expected.Length); i++)
        {
            count += actual[i].Equals(expected[i]) ? 0 : 1;
        }

        return count;
    }
}
