using TopicGrpc.Engine.Neighbors;

namespace TopicGrpc.Engine.Topics.Checkpoints;

/// <summary>Form of the neighbors of some rows.</summary>
/// <param name="rows">Number of rows.</param>
/// <param name="neighbors">Most neighbors of a row; a search among few rows finds fewer.</param>
internal sealed class NeighborFormat(int rows, int neighbors) : IStageFormat<NeighborTable>
{
    public void Write(NeighborTable value, StageWriter target)
    {
        target.Write(value.RowCount);
        target.Write(value.NeighborCount);
        target.Write<int>(value.Indices);
        target.Write<float>(value.Distances);
    }

    public NeighborTable Read(StageReader source)
    {
        source.ReadCount(rows, rows);
        int count = source.ReadCount(1, neighbors);
        long length = (long)rows * count;
        return new NeighborTable(rows, count, source.ReadArray<int>(length), source.ReadArray<float>(length));
    }
}
