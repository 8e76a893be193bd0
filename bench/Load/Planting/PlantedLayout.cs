using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Load.Planting;

/// <summary>Points around one center per topic, for a map that a layout would compute in minutes.</summary>
internal static class PlantedLayout
{
    private const float Side = 40;

    /// <summary>Places the documents of each topic around its center, wider for larger topics.</summary>
    /// <param name="assignments">Topic of each document.</param>
    public static Matrix Of(int[] assignments)
    {
        Matrix points = new(assignments.Length, 2);
        Dictionary<int, (float X, float Y, float Width)> centers = [];
        foreach ((int topic, int count) in assignments.CountBy(static topic => topic))
        {
            Random place = new(topic);
            float width = MathF.Sqrt(count / (float)assignments.Length) * Side / 4;
            centers.Add(topic, (place.NextSingle() * Side, place.NextSingle() * Side, width));
        }

        for (int row = 0; row < assignments.Length; row++)
        {
            Random random = new(row);
            (float x, float y, float width) = centers[assignments[row]];
            double angle = random.NextDouble() * Math.Tau;
            double away = width * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble()));
            Span<float> point = points.Row(row);
            point[0] = x + (float)(away * Math.Cos(angle));
            point[1] = y + (float)(away * Math.Sin(angle));
        }

        return points;
    }
}
