using TopicGrpc.Engine.Documents;
using TopicGrpc.Engine.Embeddings;
using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Topics.Reports;
using TopicGrpc.Server.Embedding;
using TopicGrpc.Server.Errors;

namespace TopicGrpc.Server.Fitting;

/// <summary>
/// Embeds the documents of a fit through the bulk queue, so that interactive calls go first. Texts that may have ended the process run
/// first, one after another, see <see cref="CrashedTexts"/>.
/// </summary>
internal sealed class CorpusEmbedder(
    EmbeddingExecutors executors,
    EmbeddingCache cache,
    CrashedTexts crashed,
    IEmbedder embedder,
    TimeProvider clock)
{
    // A failure on more documents is one of the encoder and not of a few texts.
    private const double MaxNotFiniteShare = 0.01;

    /// <summary>Embeds the documents whose embeddings are not cached.</summary>
    /// <param name="corpus">Id of the corpus.</param>
    /// <param name="documents">
    /// The documents; those for which the encoder computes numbers that are not finite are removed from the list.
    /// </param>
    /// <param name="progress">Receives the progress.</param>
    /// <param name="cancellationToken">Cancels the embedding.</param>
    /// <exception cref="ServiceException">More than 1 % of the documents have no finite embedding.</exception>
    public async Task<EmbeddingSummary> EmbedAsync(
        string corpus, List<Document> documents, ProgressReporter progress, CancellationToken cancellationToken)
    {
        long started = clock.GetTimestamp();
        EmbedderInfo encoder = embedder.Info;
        Dictionary<UInt128, (float[] Vector, bool Truncated)> cached = cache.Read(corpus, encoder.Sha256, encoder.Dimension);
        UInt128[] keys = [.. documents.Select(static document => EmbeddingCache.KeyOf(document.Text))];

        // A canceled fit whose text hangs leaves its record, so the record is counted here too.
        crashed.Settle();
        HashSet<UInt128> suspects = crashed.Suspects(corpus, encoder.Sha256);
        int[] missing =
        [
            .. Enumerable.Range(0, keys.Length)
                .Where(row => !cached.ContainsKey(keys[row]))
                .OrderByDescending(row => suspects.Contains(keys[row]))
                .ThenByDescending(row => documents[row].Text.Length),
        ];
        int alone = missing.Count(row => suspects.Contains(keys[row]));

        var outcomes = new EmbeddingOutcome[missing.Length];
        int done = 0;

        // Two texts per executor, one running and one waiting: no executor idles, and the queue has room for batches.
        await RunAsync(0, alone, window: 1);
        await RunAsync(alone, missing.Length, executors.Count * 2);
        crashed.Clear(corpus, encoder.Sha256);

        async Task RunAsync(int from, int to, int window)
        {
            if (from == to)
            {
                return;
            }

            using EmbeddingBlock block = new(cache, corpus, encoder.Sha256, encoder.Dimension);
            using RunningTexts running = crashed.Begin(corpus, encoder.Sha256, window, () => executors.CountHanging() > 0);

            // On the threads of the fit: no thread of the pool may wait for the disk.
            ParallelOptions parallel = new()
            {
                MaxDegreeOfParallelism = window,
                TaskScheduler = TaskScheduler.Current,
                CancellationToken = cancellationToken,
            };
            await Parallel.ForAsync(from, to, parallel, async (index, token) =>
            {
                Document document = documents[missing[index]];
                int place = running.Enter(keys[missing[index]], document.Id);
                EmbeddingOutcome outcome = await executors.EmbedAsync(document.Text, EmbeddingPriority.Paced, deadline: null, token);
                running.Leave(place);
                outcomes[index] = outcome;
                if (outcome.IsFinite)
                {
                    block.Add(keys[missing[index]], outcome);
                }

                int count = Interlocked.Increment(ref done);
                progress.Report(
                    new FitProgress(FitStage.Embedding, (double)count / missing.Length),
                    count / clock.GetElapsedTime(started).TotalSeconds);
            });
        }

        HashSet<UInt128> notFinite = [];
        for (int index = 0; index < missing.Length; index++)
        {
            if (outcomes[index].IsFinite)
            {
                cached[keys[missing[index]]] = (outcomes[index].Vector, outcomes[index].Cost.Truncated);
            }
            else
            {
                notFinite.Add(keys[missing[index]]);
            }
        }

        TimeSpan duration = clock.GetElapsedTime(started);
        int[] finite = [.. Enumerable.Range(0, keys.Length).Where(row => !notFinite.Contains(keys[row]))];
        string[] removed = notFinite.Count == 0
            ? []
            : [.. documents.Where((_, row) => notFinite.Contains(keys[row])).Select(static document => document.Id)];
        RequireFinite(removed, documents.Count);
        Matrix rows = new(finite.Length, encoder.Dimension);
        int truncated = 0;
        for (int row = 0; row < finite.Length; row++)
        {
            (float[] vector, bool isTruncated) = cached[keys[finite[row]]];
            vector.CopyTo(rows.Row(row));
            truncated += isTruncated ? 1 : 0;
        }

        if (removed.Length > 0)
        {
            HashSet<string> ids = [.. removed];
            documents.RemoveAll(document => ids.Contains(document.Id));
        }

        return new EmbeddingSummary(rows, keys.Length - missing.Length, truncated, duration) { NotFinite = removed };
    }

    private static void RequireFinite(string[] notFinite, int documents)
    {
        if (notFinite.Length > MaxNotFiniteShare * documents)
        {
            throw Fault.NotAvailable(FormattableString.Invariant(
                $"The encoder computes numbers that are not finite for {notFinite.Length} of {documents} documents, more than 1 %: ")
                + $"{LeftOutDocuments.Names(notFinite)}. Check the encoder, or remove the documents.");
        }
    }
}
