using TopicGrpc.Engine.Topics.Reports;

namespace TopicGrpc.Engine.Topics.Checkpoints;

/// <summary>
/// Results of stages of one fit that outlive its process, so that a later run of the fit continues after them. The results of a stage are
/// a function of the input, the settings and the code of the engine; the implementation returns only content that was stored for the same
/// of all three. It loses or rejects content at any time: the fit computes the stage then.
/// </summary>
public interface IStageCheckpoints
{
    /// <summary>Opens the content of a stage.</summary>
    /// <param name="stage">The stage.</param>
    /// <param name="cancellationToken">Ends the transfer.</param>
    /// <returns>The content as it was written, at its first byte; null if there is none. The caller disposes it.</returns>
    Stream? Open(FitStage stage, CancellationToken cancellationToken);

    /// <summary>Offers the content of a stage that has just been computed. A failure of the storage is not an exception.</summary>
    /// <param name="stage">The stage.</param>
    /// <param name="duration">Time that the stage took, for implementations that store expensive stages only.</param>
    /// <param name="write">Writes the content; called once or not at all.</param>
    /// <param name="cancellationToken">Ends the transfer.</param>
    void Store(FitStage stage, TimeSpan duration, Action<Stream> write, CancellationToken cancellationToken);

    /// <summary>Reports that content which was opened cannot be used; the fit computes the stage.</summary>
    /// <param name="stage">The stage.</param>
    /// <param name="reason">What is wrong with the content.</param>
    void Reject(FitStage stage, Exception reason);
}
