using TopicGrpc.Engine.Topics.Checkpoints;
using Document = TopicGrpc.Engine.Documents.Document;

namespace TopicGrpc.Server.Fitting;

/// <summary>
/// What the runs of one fit at different servers have in common: the documents that the first run read, and the results of stages. A
/// single server has neither: a fit that is interrupted starts again.
/// </summary>
internal interface IFitCheckpoints
{
    /// <summary>Returns the documents of a fit: those that its first run read. Documents that arrived later are left out.</summary>
    /// <param name="job">The running fit.</param>
    /// <param name="documents">The documents of the corpus in the order of their arrival.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The first of these documents; all of them for the first run, and after an erasure among them.</returns>
    /// <exception cref="Errors.ServiceException">The storage fails.</exception>
    /// <exception cref="ClaimLostException">Another server has taken over the fit.</exception>
    Task<List<Document>> FixAsync(FitJob job, List<Document> documents, CancellationToken cancellationToken);

    /// <summary>Finds the results of stages that runs of a fit have stored.</summary>
    /// <param name="job">The running fit.</param>
    /// <param name="inputs">Everything on which the results of its stages depend.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The results, for one run; null: they are not stored.</returns>
    Task<IStageCheckpoints?> FindAsync(FitJob job, FitInputs inputs, CancellationToken cancellationToken);
}
