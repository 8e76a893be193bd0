namespace TopicGrpc.Engine.Charts;

/// <summary>Settings of <see cref="ResolutionChart"/>.</summary>
public sealed record ResolutionChartOptions
{
    /// <summary>Title of the figure. Default "Agreement and topics by size of the smallest cluster".</summary>
    public string Title { get; init; } = "Agreement and topics by size of the smallest cluster";

    /// <summary>Width in pixels. 300 to 10,000. Default 800.</summary>
    public int Width { get; init; } = 800;

    /// <summary>Height in pixels. 300 to 10,000. Default 600.</summary>
    public int Height { get; init; } = 600;

    internal ResolutionChartOptions Validated()
    {
        ArgumentNullException.ThrowIfNull(Title);
        ChartSize.Check(Width, Height);
        return this;
    }
}
