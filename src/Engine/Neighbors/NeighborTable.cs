namespace TopicGrpc.Engine.Neighbors;

/// <summary>The k nearest neighbors of n rows, nearest first. Column 0 is the row itself at distance 0.</summary>
/// <param name="RowCount">Number of rows, n.</param>
/// <param name="NeighborCount">Neighbors per row, k, including the row itself.</param>
/// <param name="Indices">Row numbers, n × k row-major.</param>
/// <param name="Distances">Distances, n × k row-major, ascending within a row; ties by smaller row number.</param>
public sealed record NeighborTable(int RowCount, int NeighborCount, int[] Indices, float[] Distances);
