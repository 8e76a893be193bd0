using System.Globalization;

namespace TopicGrpc.Engine.Charts;

/// <summary>Ticks of a linear axis, as in Plotly: the step is 1, 2 or 5 times a power of ten.</summary>
internal sealed class LinearTicks
{
    private LinearTicks(double[] values, string[] labels)
    {
        Values = values;
        Labels = labels;
    }

    /// <summary>Tick values, ascending.</summary>
    public double[] Values { get; }

    /// <summary>Tick labels.</summary>
    public string[] Labels { get; }

    /// <summary>
    /// Computes the ticks of a range of <paramref name="pixels"/> pixels, about <paramref name="spacing"/> pixels apart, 4
    /// to 9 steps.
    /// </summary>
    public static LinearTicks For(double low, double high, double pixels, double spacing)
    {
        double rough = (high - low) / (Math.Clamp(pixels / spacing, 4, 9) + 1);
        int exponent = (int)Math.Floor(Math.Log10(rough));
        double power = Math.Pow(10, exponent);
        int factor = 10;
        foreach (int candidate in (ReadOnlySpan<int>)[2, 5])
        {
            if (rough <= candidate * power)
            {
                factor = candidate;
                break;
            }
        }

        return Every(factor == 10 ? 1 : factor, factor == 10 ? exponent + 1 : exponent, low, high);
    }

    private static LinearTicks Every(int factor, int exponent, double low, double high)
    {
        // Scale integer multiples once, so that labels do not show accumulated rounding errors.
        double power = Math.Pow(10, Math.Abs(exponent));
        double Scale(long n) => exponent < 0 ? n * factor / power : n * factor * power;
        double step = Scale(1);
        long first = (long)Math.Ceiling((low / step) - 1e-9);
        long last = (long)Math.Floor((high / step) + 1e-9);
        double[] values = new double[Math.Max(0, last - first + 1)];
        string[] labels = new string[values.Length];
        string format = exponent is < 0 and >= -6 ? "0." + new string('#', -exponent) : exponent is >= 0 and < 15 ? "0" : "0.##e+0";
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = Scale(first + i);
            labels[i] = values[i] == 0 ? "0" : values[i].ToString(format, CultureInfo.InvariantCulture);
        }

        return new LinearTicks(values, labels);
    }
}
