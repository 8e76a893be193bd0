using TopicGrpc.Engine.Topics;

namespace TopicGrpc.Engine.Charts;

/// <summary>One topic's bars and where they stand.</summary>
/// <param name="Topic">The topic.</param>
/// <param name="Color">Fill of its bars.</param>
/// <param name="Left">Left edge as a share of the plot's width.</param>
/// <param name="Right">Right edge.</param>
/// <param name="Bottom">Lower edge as a share of the plot's height, from below.</param>
/// <param name="Top">Upper edge.</param>
/// <param name="Words">Words from the lowest bar to the highest, two spaces after each, which keep them off the axis.</param>
/// <param name="Scores">Their scores.</param>
internal sealed record BarChartCell(
    Topic Topic,
    string Color,
    double Left,
    double Right,
    double Bottom,
    double Top,
    IReadOnlyList<string> Words,
    IReadOnlyList<double> Scores);
