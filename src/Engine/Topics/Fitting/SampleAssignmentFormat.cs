using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Topics.Checkpoints;

namespace TopicGrpc.Engine.Topics.Fitting;

/// <summary>Form of the topics of all documents by a model of a sample.</summary>
/// <param name="model">Model of the sample.</param>
/// <param name="documents">Number of all documents.</param>
internal sealed class SampleAssignmentFormat(TopicModel model, int documents) : IStageFormat<SampleAssignment>
{
    public void Write(SampleAssignment value, StageWriter target)
    {
        target.Write<int>(value.Topics);
        target.Write<double>(value.Strengths);
        Write(value.Positions, target);
        Write(value.Probabilities, target);
    }

    public SampleAssignment Read(StageReader source) => new(
        source.ReadArray<int>(documents),
        source.ReadArray<double>(documents),
        ReadMatrix(source, model.Layout?.Embedding.Columns ?? 0),
        ReadMatrix(source, model.Probabilities?.Columns ?? 0));

    private static void Write(Matrix? matrix, StageWriter target)
    {
        target.Write(matrix is not null);
        if (matrix is not null)
        {
            target.Write(matrix);
        }
    }

    private Matrix? ReadMatrix(StageReader source, int columns) =>
        source.Read<bool>() ? source.ReadMatrix(documents, columns) : null;
}
