using System.Collections.Frozen;
using TopicGrpc.Server.Contract;
using TopicGrpc.Server.Corpora;
using TopicGrpc.Server.Errors;
using TopicGrpc.Shared;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Fitting;

/// <summary>Deletes corpora that no fit needs.</summary>
internal sealed class CorpusRemoval(CorpusStore corpora, FitStore fits, IEmbeddingPlacement placement)
{
    /// <exception cref="ServiceException">A fit waits for the corpus or reads it, or the corpus does not exist.</exception>
    public async Task<DeleteCorpusResponse> DeleteAsync(DeleteCorpusRequest request, CancellationToken cancellationToken)
    {
        string id = RequestNames.ParseCorpus(request.Name, "name");
        if (await fits.FindUnfinishedAsync(id, cancellationToken) is { } fit)
        {
            throw Fault.CorpusInUse(request.Name, ResourceNames.Fit(fit.Id));
        }

        // Before the corpus: if it fails, the corpus still exists and the caller retries.
        await placement.ForgetAsync(id, FrozenSet<UInt128>.Empty, cancellationToken);
        return await corpora.DeleteAsync(id, cancellationToken) || request.AllowMissing
            ? new DeleteCorpusResponse()
            : throw Fault.CorpusNotFound(request.Name);
    }
}
