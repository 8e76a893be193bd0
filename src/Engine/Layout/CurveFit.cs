namespace TopicGrpc.Engine.Layout;

/// <summary>
/// Fits the constants a and b of the low-dimensional similarity 1/(1 + a·x^(2b)): least squares to a plateau of width
/// min_dist with an exponential tail, on 300 points from 0 to 3·spread (umap-learn's <c>find_ab_params</c>).
/// </summary>
internal static class CurveFit
{
    private const int Points = 300;
    private const int MaxSteps = 200;

    /// <summary>Runs Levenberg–Marquardt from a = b = 1 to convergence; SciPy stops within 1e-6 of the minimum.</summary>
    public static (double A, double B) Fit(double spread, double minDistance)
    {
        double a = 1.0;
        double b = 1.0;
        double damping = 1e-3;
        double error = Error(a, b, spread, minDistance);
        for (int step = 0; step < MaxSteps && damping < 1e12; step++)
        {
            (double aa, double ab, double bb, double ga, double gb) = NormalEquations(a, b, spread, minDistance);
            double scaledA = aa * (1.0 + damping);
            double scaledB = bb * (1.0 + damping);
            double determinant = (scaledA * scaledB) - (ab * ab);
            double nextA = a + (((scaledB * ga) - (ab * gb)) / determinant);
            double nextB = b + (((scaledA * gb) - (ab * ga)) / determinant);
            double nextError = nextA > 0.0 && nextB > 0.0 ? Error(nextA, nextB, spread, minDistance) : double.PositiveInfinity;
            if (nextError > error)
            {
                damping *= 10.0;
                continue;
            }

            bool converged = Math.Abs(nextA - a) < 1e-13 * a && Math.Abs(nextB - b) < 1e-13 * b;
            (a, b, error) = (nextA, nextB, nextError);
            damping = Math.Max(damping * 0.1, 1e-15);
            if (converged)
            {
                break;
            }
        }

        return (a, b);
    }

    private static double Target(double x, double spread, double minDistance) =>
        x < minDistance ? 1.0 : Math.Exp(-(x - minDistance) / spread);

    private static double Error(double a, double b, double spread, double minDistance)
    {
        double error = 0.0;
        for (int i = 0; i < Points; i++)
        {
            double x = 3.0 * spread * i / (Points - 1);
            double residual = Target(x, spread, minDistance) - (1.0 / (1.0 + (a * Math.Pow(x, 2.0 * b))));
            error += residual * residual;
        }

        return error;
    }

    private static (double Aa, double Ab, double Bb, double Ga, double Gb) NormalEquations(
        double a,
        double b,
        double spread,
        double minDistance)
    {
        double aa = 0.0, ab = 0.0, bb = 0.0, ga = 0.0, gb = 0.0;

        // Skip x = 0: the curve is 1 there for all a and b, so its derivatives are 0.
        for (int i = 1; i < Points; i++)
        {
            double x = 3.0 * spread * i / (Points - 1);
            double power = Math.Pow(x, 2.0 * b);
            double value = 1.0 / (1.0 + (a * power));
            double byA = -power * value * value;
            double byB = 2.0 * a * Math.Log(x) * byA;
            double residual = Target(x, spread, minDistance) - value;
            aa += byA * byA;
            ab += byA * byB;
            bb += byB * byB;
            ga += byA * residual;
            gb += byB * residual;
        }

        return (aa, ab, bb, ga, gb);
    }
}
