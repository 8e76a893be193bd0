namespace TopicGrpc.Engine.Topics.Checkpoints;

/// <summary>Form of the cluster of each of some rows.</summary>
/// <param name="rows">Number of rows.</param>
internal sealed class LabelFormat(int rows) : IStageFormat<int[]>
{
    public void Write(int[] value, StageWriter target) => target.Write<int>(value);

    public int[] Read(StageReader source) => source.ReadArray<int>(rows);
}
