namespace TopicGrpc.Load.Calls;

/// <summary>Quantiles of measured values.</summary>
internal static class Quantiles
{
    /// <summary>Returns the smallest value such that at least a share of the values is less than or equal to it; 0 for no values.</summary>
    public static double Of(double[] values, double share)
    {
        if (values.Length == 0)
        {
            return 0;
        }

        Array.Sort(values);
        return values[Math.Clamp((int)Math.Ceiling(share * values.Length) - 1, 0, values.Length - 1)];
    }
}
