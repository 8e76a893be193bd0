namespace TopicGrpc.Engine.Charts;

/// <summary>Settings of <see cref="LayersChart"/>.</summary>
public sealed record LayersChartOptions
{
    /// <summary>Title. Default "Layers of Topics".</summary>
    public string Title { get; init; } = "Layers of Topics";

    /// <summary>Width in pixels, 300 to 10,000. Default 1,000.</summary>
    public int Width { get; init; } = 1000;

    /// <summary>Height in pixels, 300 to 10,000. Default null: 14 per topic of the finest layer drawn, 400 to 10,000.</summary>
    public int? Height { get; init; }

    internal LayersChartOptions Validated()
    {
        ChartSize.Check(Width, Height ?? ChartSize.Most);
        return this;
    }
}
