using TopicGrpc.Engine.Documents;
using TopicGrpc.Engine.Embeddings;
using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Topics.Reports;
using TopicGrpc.Server.Embedding;

namespace TopicGrpc.Server.Fitting;

/// <summary>Embeds the documents of a fit through the bulk queue, so that interactive calls go first.</summary>
internal sealed class CorpusEmbedder(EmbeddingExecutors executors, EmbeddingCache cache, IEmbedder embedder, TimeProvider clock)
{
    /// <summary>Embeds the documents whose embeddings are not cached.</summary>
    public async Task<EmbeddingSummary> EmbedAsync(
        string corpus, IReadOnlyList<Document> documents, ProgressReporter progress, CancellationToken cancellationToken)
    {
        long started = clock.GetTimestamp();
        EmbedderInfo encoder = embedder.Info;
        Dictionary<UInt128, (float[] Vector, bool Truncated)> cached = cache.Read(corpus, encoder.Sha256, encoder.Dimension);
        UInt128[] keys = [.. documents.Select(static document => EmbeddingCache.KeyOf(document.Text))];
        int[] missing =
        [
            .. Enumerable.Range(0, keys.Length)
                .Where(row => !cached.ContainsKey(keys[row]))
                .OrderByDescending(row => documents[row].Text.Length),
        ];

        var outcomes = new EmbeddingOutcome[missing.Length];
        int done = 0;

        // Two texts per executor, one running and one waiting: no executor idles, and the queue has room for batches.
        ParallelOptions window = new() { MaxDegreeOfParallelism = executors.Count * 2, CancellationToken = cancellationToken };
        using (EmbeddingBlock block = new(cache, corpus, encoder.Sha256, encoder.Dimension))
        {
            await Parallel.ForAsync(0, missing.Length, window, async (index, token) =>
            {
                EmbeddingOutcome outcome = await executors.EmbedAsync(
                    documents[missing[index]].Text, EmbeddingPriority.Paced, deadline: null, token);
                outcomes[index] = outcome;
                block.Add(keys[missing[index]], outcome);
                int count = Interlocked.Increment(ref done);
                progress.Report(
                    new FitProgress(FitStage.Embedding, (double)count / missing.Length),
                    count / clock.GetElapsedTime(started).TotalSeconds);
            });
        }

        for (int index = 0; index < missing.Length; index++)
        {
            cached[keys[missing[index]]] = (outcomes[index].Vector, outcomes[index].Cost.Truncated);
        }

        TimeSpan duration = clock.GetElapsedTime(started);
        Matrix rows = new(documents.Count, encoder.Dimension);
        int truncated = 0;
        for (int row = 0; row < keys.Length; row++)
        {
            (float[] vector, bool isTruncated) = cached[keys[row]];
            vector.CopyTo(rows.Row(row));
            truncated += isTruncated ? 1 : 0;
        }

        return new EmbeddingSummary(rows, documents.Count - missing.Length, truncated, duration);
    }
}
