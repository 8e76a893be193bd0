namespace TopicGrpc.Engine.Neighbors;

/// <summary>The nearest neighbors of every row, nearest first; the row itself stands in column 0 at distance 0.</summary>
/// <param name="RowCount">Rows.</param>
/// <param name="NeighborCount">Neighbors per row, k.</param>
/// <param name="Indices">RowCount × k row numbers.</param>
/// <param name="Distances">RowCount × k distances, ascending in each row; ties by lower index.</param>
public sealed record NeighborTable(int RowCount, int NeighborCount, int[] Indices, float[] Distances);
