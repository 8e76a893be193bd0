using System.Globalization;

namespace TopicGrpc.Engine.Charts;

/// <summary>Ticks of a linear axis as plotly places them: a step of 1, 2 or 5 times a power of ten.</summary>
internal sealed class LinearTicks
{
    private LinearTicks(double[] values, string[] labels)
    {
        Values = values;
        Labels = labels;
    }

    /// <summary>Where the ticks stand, ascending.</summary>
    public double[] Values { get; }

    /// <summary>What is printed at each.</summary>
    public string[] Labels { get; }

    /// <summary>Ticks for a range drawn on <paramref name="pixels"/> pixels with about <paramref name="spacing"/> pixels to a tick, 4 to 9 steps.</summary>
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
        // Multiples are taken of whole numbers and scaled once, so that a label never shows the error of a repeated sum.
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
