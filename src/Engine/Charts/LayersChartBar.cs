namespace TopicGrpc.Engine.Charts;

/// <summary>One topic in <see cref="LayersChart"/>.</summary>
/// <param name="Column">Column from the left, 0 for the coarsest layer.</param>
/// <param name="Start">Documents above the bar.</param>
/// <param name="Length">Documents of the topic.</param>
/// <param name="Name">Name of the topic.</param>
/// <param name="Color">Number of the coarsest topic that contains it.</param>
/// <param name="Layer">Name of the layer.</param>
internal sealed record LayersChartBar(int Column, double Start, double Length, string Name, int Color, string Layer);
