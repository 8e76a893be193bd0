using TopicGrpc.Engine.Topics.Checkpoints;
using Document = TopicGrpc.Engine.Documents.Document;

namespace TopicGrpc.Server.Fitting;

/// <summary>The default of a single server: each run of a fit reads all documents and computes all stages.</summary>
internal sealed class NoFitCheckpoints : IFitCheckpoints
{
    /// <inheritdoc/>
    public Task<List<Document>> FixAsync(FitJob job, List<Document> documents, CancellationToken cancellationToken) =>
        Task.FromResult(documents);

    /// <inheritdoc/>
    public Task<IStageCheckpoints?> FindAsync(FitJob job, FitInputs inputs, CancellationToken cancellationToken) =>
        Task.FromResult<IStageCheckpoints?>(null);
}
