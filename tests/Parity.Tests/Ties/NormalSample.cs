using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Parity.Tests.Ties;

/// <summary>
/// 60 points of NumPy's <c>RandomState(13).normal(size=(60, 3)).astype(float32)</c> in the order of
/// <c>RandomState(1).permutation(60)</c>. With a minimum cluster size of 5, the order of merges at equal distances decides whether a
/// cluster splits.
/// </summary>
internal static class NormalSample
{
    private const int Rows = 60;
    private const int Columns = 3;

    public static Matrix Points()
    {
        LegacyNormal normal = new(13);
        float[] values = new float[Rows * Columns];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = (float)normal.Next();
        }

        Matrix sorted = new(Rows, Columns, values);
        Matrix points = new(Rows, Columns);
        int[] order = new MersenneTwister(1).Permutation(Rows);
        for (int row = 0; row < Rows; row++)
        {
            sorted.Row(order[row]).CopyTo(points.Row(row));
        }

        return points;
    }

    /// <summary>NumPy's <c>legacy_gauss</c>: the polar method of Marsaglia, the second number first.</summary>
    private sealed class LegacyNormal(uint seed)
    {
        private readonly MersenneTwister _random = new(seed);
        private double _kept = double.NaN;

        public double Next()
        {
            if (!double.IsNaN(_kept))
            {
                double kept = _kept;
                _kept = double.NaN;
                return kept;
            }

            double x, y, squares;
            do
            {
                x = (2 * Uniform()) - 1;
                y = (2 * Uniform()) - 1;
                squares = (x * x) + (y * y);
            }
            while (squares is >= 1 or 0);

            double factor = Math.Sqrt(-2 * Math.Log(squares) / squares);
            _kept = factor * x;
            return factor * y;
        }

        /// <summary>Returns a number in [0, 1) with 53 random bits.</summary>
        private double Uniform()
        {
            uint high = _random.NextUInt32() >> 5;
            uint low = _random.NextUInt32() >> 6;
            return ((high * 67108864.0) + low) / 9007199254740992.0;
        }
    }
}
