namespace TopicGrpc.Engine.Clusters;

/// <summary>
/// Scale of the mutual reachability distances of a fit: smallest and mean core distance. A scaled distance is 0 at the smallest and 1 at
/// the mean, so densities of different layouts are comparable.
/// </summary>
/// <param name="Least">Smallest core distance.</param>
/// <param name="Mean">Mean core distance.</param>
internal readonly record struct DistanceScale(double Least, double Mean)
{
    public static DistanceScale Of(ReadOnlySpan<double> squaredCore)
    {
        double least = double.PositiveInfinity;
        double sum = 0;
        foreach (double squared in squaredCore)
        {
            double core = Math.Sqrt(squared);
            least = Math.Min(least, core);
            sum += core;
        }

        return squaredCore.IsEmpty ? default : new DistanceScale(least, sum / squaredCore.Length);
    }

    /// <summary>Returns e^(−scaled distance), the λ of PLSCAN. Distances stay unscaled if all core distances are equal.</summary>
    public double Density(double distance) => Math.Exp(-(Mean > Least ? (distance - Least) / (Mean - Least) : distance));
}
