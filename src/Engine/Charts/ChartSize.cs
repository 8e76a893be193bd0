namespace TopicGrpc.Engine.Charts;

/// <summary>Limits of the size of a chart.</summary>
internal static class ChartSize
{
    public const int Least = 300;
    public const int Most = 10_000;

    /// <exception cref="ArgumentOutOfRangeException">Width or height is out of range.</exception>
    public static void Check(int width, int height)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, Least, "Width");
        ArgumentOutOfRangeException.ThrowIfGreaterThan(width, Most, "Width");
        ArgumentOutOfRangeException.ThrowIfLessThan(height, Least, "Height");
        ArgumentOutOfRangeException.ThrowIfGreaterThan(height, Most, "Height");
    }
}
