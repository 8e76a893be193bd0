using System.Globalization;

namespace TopicGrpc.Engine.Charts;

/// <summary>Plotly's color scale GnBu: nine equidistant colors with linear interpolation.</summary>
internal static class SimilarityScale
{
    private static readonly byte[] Colors =
    [
        247, 252, 240, 224, 243, 219, 204, 235, 197, 168, 221, 181, 123, 204, 196, 78, 179, 211, 43, 140, 190, 8, 104, 172, 8, 64, 129,
    ];

    /// <summary>Returns the color at a position of the scale, 0 to 1.</summary>
    public static string At(double share)
    {
        double place = Math.Clamp(share, 0, 1) * 8;
        int step = Math.Min(7, (int)place);
        double part = place - step;
        int Mix(int channel) =>
            (int)Math.Round(Colors[(3 * step) + channel] + (part * (Colors[(3 * step) + 3 + channel] - Colors[(3 * step) + channel])));
        return string.Create(CultureInfo.InvariantCulture, $"#{Mix(0):X2}{Mix(1):X2}{Mix(2):X2}");
    }
}
