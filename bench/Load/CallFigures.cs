namespace TopicGrpc.Load;

/// <summary>What became of some calls; times in milliseconds.</summary>
internal sealed record CallFigures(int Calls, int Failed, double CallsPerSecond, double P50, double P99, double Max)
{
    public static CallFigures Of(IReadOnlyCollection<double> milliseconds, int failed, TimeSpan elapsed)
    {
        double[] sorted = [.. milliseconds.Order()];
        return new CallFigures(sorted.Length, failed, Math.Round(sorted.Length / elapsed.TotalSeconds, 1), Quantile(sorted, 0.5), Quantile(sorted, 0.99), Quantile(sorted, 1));
    }

    public static double Quantile(double[] sorted, double share) =>
        sorted.Length == 0 ? 0 : Math.Round(sorted[Math.Min(sorted.Length - 1, (int)(share * sorted.Length))], 3);
}
