using TopicGrpc.Server.Errors;

namespace TopicGrpc.Server.Fitting;

/// <summary>
/// Where the texts of a fit are embedded: by this process, or by all members of a cluster. The vector of a text is the same everywhere, so
/// the placement changes the duration of a fit and not its result.
/// </summary>
internal interface IEmbeddingPlacement
{
    /// <summary>Embeds texts, and passes each embedding on as soon as it is known.</summary>
    /// <param name="work">The texts.</param>
    /// <param name="receiver">Receives each text once.</param>
    /// <param name="cancellationToken">Stops the work everywhere.</param>
    Task EmbedAsync(EmbeddingWork work, IEmbeddingReceiver receiver, CancellationToken cancellationToken);

    /// <summary>
    /// Deletes what the placement has stored outside the folder of a corpus and what may hold vectors of texts that the corpus no longer
    /// has.
    /// </summary>
    /// <param name="corpusId">Id of the corpus.</param>
    /// <param name="kept">Keys of the texts that the corpus still has.</param>
    /// <param name="cancellationToken">Ends the deletion; it can run again.</param>
    /// <exception cref="ServiceException">The storage of the placement is unavailable; the deletion can run again.</exception>
    Task ForgetAsync(string corpusId, IReadOnlySet<UInt128> kept, CancellationToken cancellationToken);
}
