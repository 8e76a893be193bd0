namespace TopicGrpc.Engine.Charts;

/// <summary>Topic frequencies as charts show them.</summary>
internal static class Frequencies
{
    /// <summary>Returns the frequencies, or the frequencies divided by their Euclidean norm; Python <c>normalize_frequency</c>.</summary>
    public static double[] Scale(double[] values, bool normalize)
    {
        double length = Math.Sqrt(values.Sum(value => value * value));
        return normalize && length > 0 ? Array.ConvertAll(values, value => value / length) : values;
    }

    /// <summary>Returns the name of the axis.</summary>
    public static string AxisName(bool normalize) => normalize ? "Normalized Frequency" : "Frequency";
}
