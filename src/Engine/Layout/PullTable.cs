using System.Runtime.CompilerServices;

namespace TopicGrpc.Engine.Layout;

/// <summary>
/// The pull's coefficient −2ab·s^(b−1)/(1 + a·s^b) as a function of the squared distance s, by linear interpolation. Pulls
/// must be made one after another, so what counts is the time until the factor is there: one load instead of a power.
/// Each octave of s is cut into 64 equal parts, found from the bits of s; the relative error stays below 1e-4.
/// </summary>
internal sealed class PullTable
{
    private const int PartBits = 6;
    private const int IndexShift = 23 - PartBits;

    /// <summary>Octaves covered, from 2^−40 to 2^24; beyond them the nearest part is extended.</summary>
    private const int LowestOctave = -40;
    private const int Octaves = 64;
    private const int Parts = Octaves << PartBits;
    private const int FirstPart = (LowestOctave + 127) << PartBits;

    /// <summary>Value and slope of each part, one after the other.</summary>
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

    /// <summary>The coefficient at a squared distance of 0 or more.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float At(float square)
    {
        int part = Math.Clamp((BitConverter.SingleToInt32Bits(square) >> IndexShift) - FirstPart, 0, Parts - 1);
        ReadOnlySpan<float> parts = _parts.AsSpan(2 * part, 2);
        return parts[0] + (parts[1] * square);
    }
}
