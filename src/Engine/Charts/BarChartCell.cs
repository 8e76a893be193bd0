using TopicGrpc.Engine.Topics;

namespace TopicGrpc.Engine.Charts;

/// <summary>Bars of one topic and their position.</summary>
/// <param name="Topic">Topic.</param>
/// <param name="Color">Fill color of the bars.</param>
/// <param name="Left">Left edge as a share of the plot's width.</param>
/// <param name="Right">Right edge.</param>
/// <param name="Bottom">Lower edge as a share of the plot's height, from below.</param>
/// <param name="Top">Upper edge.</param>
/// <param name="Words">Words from the lowest bar up, each with two trailing spaces as padding to the axis.</param>
/// <param name="Scores">Score of each word.</param>
internal sealed record BarChartCell(
    Topic Topic,
    string Color,
    double Left,
    double Right,
    double Bottom,
    double Top,
    IReadOnlyList<string> Words,
    IReadOnlyList<double> Scores);
