using System.Diagnostics;
using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Stages;

/// <summary>Median and 99th percentile of a duration in milliseconds.</summary>
/// <param name="P50">Median.</param>
/// <param name="P99">99th percentile.</param>
internal sealed record Percentiles(double P50, double P99)
{
    /// <summary>Measures <paramref name="work"/> on every row after a warm-up pass.</summary>
    public static Percentiles Of(Matrix queries, Action<float[]> work)
    {
        double[] times = new double[queries.Rows];
        if (times.Length == 0)
        {
            return new Percentiles(0, 0);
        }

        for (int round = 0; round < 2; round++)
        {
            for (int i = 0; i < times.Length; i++)
            {
                float[] row = queries.Row(i).ToArray();
                long start = Stopwatch.GetTimestamp();
                work(row);
                times[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            }
        }

        Array.Sort(times);
        return new Percentiles(
            Math.Round(times[times.Length / 2], 4), Math.Round(times[Math.Min(times.Length - 1, (int)(times.Length * 0.99))], 4));
    }
}
