namespace TopicGrpc.Engine.Topics.Checkpoints;

/// <summary>Form of the result of a stage in a checkpoint. A result that is read has the same bits as the one that was written.</summary>
/// <typeparam name="T">The result.</typeparam>
internal interface IStageFormat<T>
{
    /// <summary>Writes a result.</summary>
    void Write(T value, StageWriter target);

    /// <summary>Reads a result.</summary>
    /// <exception cref="InvalidDataException">The content is not a result for the input of this fit.</exception>
    /// <exception cref="EndOfStreamException">The content ends early.</exception>
    T Read(StageReader source);
}
