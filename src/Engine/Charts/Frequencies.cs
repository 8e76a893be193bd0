namespace TopicGrpc.Engine.Charts;

/// <summary>How often a topic occurs in each part of the documents, as charts draw it.</summary>
internal static class Frequencies
{
    /// <summary>The frequencies, or each over the Euclidean length of all; Python <c>normalize_frequency</c>.</summary>
    public static double[] Scale(double[] values, bool normalize)
    {
        double length = Math.Sqrt(values.Sum(value => value * value));
        return normalize && length > 0 ? Array.ConvertAll(values, value => value / length) : values;
    }

    /// <summary>Name of their axis.</summary>
    public static string AxisName(bool normalize) => normalize ? "Normalized Frequency" : "Frequency";
}
