using System.Runtime.CompilerServices;

namespace TopicGrpc.Engine.Layout;

/// <summary>
/// Table of the attraction coefficient −2ab·s^(b−1)/(1 + a·s^b) over the squared distance s, with linear interpolation.
/// Attractions are sequential, so latency matters: a table lookup replaces a power. Each octave of s has 64 segments,
/// indexed by the bits of s; the relative error is below 1e-4.
/// </summary>
internal sealed class PullTable
{
    private const int PartBits = 6;
    private const int IndexShift = 23 - PartBits;

    /// <summary>Range from 2^−40 to 2^24; outside it, the nearest segment is extrapolated.</summary>
    private const int LowestOctave = -40;
    private const int Octaves = 64;
    private const int Parts = Octaves << PartBits;
    private const int FirstPart = (LowestOctave + 127) << PartBits;

    /// <summary>Intercept and slope of each segment, interleaved.</summary>
    private readonly float[] _parts = new float[2 * Parts];

    public PullTable(double a, double b)
    {
        double Coefficient(double square)
        {
            double power = Math.Pow(square, b);
            return -2.0 * a * b * power / (square * ((a * power) + 1.0));
        }

        for (int part = 0; part < Parts; part++)
        {
            float start = BitConverter.Int32BitsToSingle((FirstPart + part) << IndexShift);
            float end = BitConverter.Int32BitsToSingle((FirstPart + part + 1) << IndexShift);
            double slope = (Coefficient(end) - Coefficient(start)) / ((double)end - start);
            _parts[2 * part] = (float)(Coefficient(start) - (slope * start));
            _parts[(2 * part) + 1] = (float)slope;
        }
    }

    /// <summary>Returns the coefficient at a squared distance of 0 or more.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float At(float square)
    {
        int part = Math.Clamp((BitConverter.SingleToInt32Bits(square) >> IndexShift) - FirstPart, 0, Parts - 1);
        ReadOnlySpan<float> parts = _parts.AsSpan(2 * part, 2);
        return parts[0] + (parts[1] * square);
    }
}
