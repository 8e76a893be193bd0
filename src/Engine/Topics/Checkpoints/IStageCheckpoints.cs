using TopicGrpc.Engine.Topics.Reports;

namespace TopicGrpc.Engine.Topics.Checkpoints;

/// <summary>
/// Results of stages of one fit that outlive its process, so that a later run of the fit continues after them. The result of a stage is
/// a function of the input, the settings and the code of the engine; the implementation passes on only content that was stored for the
/// same of all three. It may lose content at any time: the fit computes the stage then.
/// </summary>
public interface IStageCheckpoints
{
    /// <summary>Passes on the content of a stage, if there is any. A failure of the storage is not an exception.</summary>
    /// <param name="stage">The stage.</param>
    /// <param name="read">
    /// Reads the content from its first byte, at most once; throws <see cref="InvalidDataException"/> if it cannot be used.
    /// </param>
    /// <param name="cancellationToken">Ends the transfer.</param>
    /// <returns>Whether the content was read and can be used; false: the fit computes the stage.</returns>
    bool TryRead(FitStage stage, Action<Stream> read, CancellationToken cancellationToken);

    /// <summary>Offers the content of a stage that has just been computed. A failure of the storage is not an exception.</summary>
    /// <param name="stage">The stage.</param>
    /// <param name="duration">Time that the stage took, for implementations that store expensive stages only.</param>
    /// <param name="write">Writes the content, at most once.</param>
    /// <param name="cancellationToken">Ends the transfer.</param>
    void Store(FitStage stage, TimeSpan duration, Action<Stream> write, CancellationToken cancellationToken);
}
