namespace TopicGrpc.Load.Calls;

/// <summary>Quantiles of measured values.</summary>
internal static class Quantiles
{
    /// <summary>The smallest value that at least a share of the values does not exceed; 0 where there are none.</summary>
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
