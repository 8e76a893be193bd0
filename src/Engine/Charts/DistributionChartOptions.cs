namespace TopicGrpc.Engine.Charts;

/// <summary>Settings of the topic distribution chart; BERTopic's <c>visualize_distribution</c>.</summary>
public sealed record DistributionChartOptions
{
    /// <summary>Minimum probability of a bar; Python <c>min_probability</c>. 0 to 1. Default 0.015.</summary>
    public double MinProbability { get; init; } = 0.015;

    /// <summary>Title of the figure. Default "Topic Probability Distribution".</summary>
    public string Title { get; init; } = "Topic Probability Distribution";

    /// <summary>Width in pixels. 300 to 10,000. Default 800.</summary>
    public int Width { get; init; } = 800;

    /// <summary>Height in pixels. 300 to 10,000. Default 600.</summary>
    public int Height { get; init; } = 600;

    internal DistributionChartOptions Validated()
    {
        if (!(MinProbability is >= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(MinProbability), MinProbability, "MinProbability must be between 0 and 1.");
        }

        ArgumentNullException.ThrowIfNull(Title);
        ChartSize.Check(Width, Height);
        return this;
    }
}
