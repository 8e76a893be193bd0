using TopicGrpc.Engine.Documents;
using TopicGrpc.Engine.Embeddings;
using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Topics.Reports;
using TopicGrpc.Server.Corpora;
using TopicGrpc.Server.Embedding;
using TopicGrpc.Server.Errors;
using TopicGrpc.Server.Models;
using TopicGrpc.Shared;

namespace TopicGrpc.Server.Fitting;

/// <summary>The embeddings of the documents that a version assigns: given by clients, or made by the encoder of the server.</summary>
internal sealed class AssignmentVectors(
    CorpusStore corpora,
    CorpusEmbedder embedding,
    GivenEmbeddingReader given,
    CrashedTexts crashed,
    QueuedEmbedder embedder)
{
    /// <summary>Checks that one encoder made the embeddings of a corpus and of a version.</summary>
    /// <returns>The encoder that clients run for the corpus; null for the encoder of the server.</returns>
    /// <exception cref="ServiceException">The corpus is missing or damaged, or the encoders differ.</exception>
    public async Task<EmbedderInfo?> RequireSameEncoderAsync(string corpusId, VersionHandle version, CancellationToken cancellationToken)
    {
        (CorpusRow row, Corpora.Corpus corpus) = corpora.Get(corpusId);
        CorpusSummary stored = await corpus.OpenAsync(cancellationToken);
        EmbedderInfo? foreign = CorpusEncoder.Of(row, stored);
        EmbedderInfo encoder = foreign ?? embedder.Info;

        // The first document decides which encoder a corpus has, so one without documents fits every version.
        return stored.Documents == 0 || encoder.Sha256 == version.Content.Embedder.Sha256
            ? foreign
            : throw Fault.AssignmentOfOtherEncoder(
                version.Name, version.Content.Embedder.Name, ResourceNames.Corpus(corpusId), encoder.Name);
    }

    /// <summary>Reads the embeddings of documents, or computes those that are not cached.</summary>
    /// <param name="corpusId">Id of the corpus.</param>
    /// <param name="foreign">Encoder that clients run for the corpus; null for the encoder of the server.</param>
    /// <param name="documents">The documents, by id in byte order; those without an embedding are removed from the list.</param>
    /// <param name="scratch">Holds the embeddings.</param>
    /// <param name="progress">Receives the progress.</param>
    /// <param name="cancellationToken">Cancels the embedding.</param>
    /// <returns>One row per document that is left, and the ids of the documents that were removed.</returns>
    public async Task<(Matrix Rows, IReadOnlyList<string> Without)> ReadAsync(
        string corpusId,
        EmbedderInfo? foreign,
        List<Document> documents,
        ScratchSpace scratch,
        ProgressReporter progress,
        CancellationToken cancellationToken)
    {
        IReadOnlyList<string> excluded = foreign is null ? crashed.Exclude(corpusId, embedder.Info.Sha256, documents) : [];
        if (documents.Count == 0)
        {
            return (new Matrix(0, (foreign ?? embedder.Info).Dimension), excluded);
        }

        progress.Report(new FitProgress(FitStage.Embedding, 0));
        EmbeddingSummary vectors = foreign is null
            ? await embedding.EmbedAsync(corpusId, documents, scratch, progress, cancellationToken)
            : await given.ReadAsync(
                new GivenRows(corpora.Get(corpusId).Corpus, foreign.Dimension, scratch), documents, progress, cancellationToken);
        return (vectors.Rows, [.. excluded, .. vectors.Quarantined, .. vectors.NotFinite]);
    }
}
