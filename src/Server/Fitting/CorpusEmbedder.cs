using TopicGrpc.Engine.Documents;
using TopicGrpc.Engine.Embeddings;
using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Topics.Reports;
using TopicGrpc.Server.Embedding;
using TopicGrpc.Server.Errors;
using TopicGrpc.Server.Storage;

namespace TopicGrpc.Server.Fitting;

/// <summary>
/// Embeds the documents of a fit through the bulk queue, so that interactive calls go first. Texts that may have ended the process run
/// first, one after another, see <see cref="CrashedTexts"/>. Every vector goes to its row in a scratch file as soon as it is known, so the
/// vectors of a corpus are never in private memory together.
/// </summary>
internal sealed class CorpusEmbedder(
    EmbeddingExecutors executors,
    EmbeddingCache cache,
    CrashedTexts crashed,
    IEmbedder embedder,
    DiskSpace space,
    FitMetrics metrics,
    TimeProvider clock)
{
    // A failure on more documents is one of the encoder and not of a few texts.
    private const double MaxNotFiniteShare = 0.01;

    /// <summary>Embeds the documents whose embeddings are not cached.</summary>
    /// <param name="corpus">Id of the corpus.</param>
    /// <param name="documents">
    /// The documents; those for which the encoder computes numbers that are not finite are removed from the list.
    /// </param>
    /// <param name="scratch">Holds the embeddings.</param>
    /// <param name="progress">Receives the progress.</param>
    /// <param name="cancellationToken">Cancels the embedding.</param>
    /// <exception cref="ServiceException">More than 1 % of the documents have no finite embedding.</exception>
    public async Task<EmbeddingSummary> EmbedAsync(
        string corpus,
        List<Document> documents,
        ScratchSpace scratch,
        ProgressReporter progress,
        CancellationToken cancellationToken)
    {
        long started = clock.GetTimestamp();
        EmbedderInfo encoder = embedder.Info;
        UInt128[] keys = [.. documents.Select(static document => EmbeddingCache.KeyOf(document.Text))];
        space.RequireTemporary((long)keys.Length * encoder.Dimension * sizeof(float));
        ScratchRows rows = scratch.Reserve(keys.Length, encoder.Dimension);
        bool[] isCached = new bool[keys.Length];
        bool[] isTruncated = new bool[keys.Length];
        bool[] isFinite = new bool[keys.Length];
        TextRows byText = new(keys);
        cache.Visit(
            corpus,
            encoder.Sha256,
            encoder.Dimension,
            (key, vector, truncated) =>
            {
                foreach (int row in byText.Of(key))
                {
                    rows.Write(row, vector);
                    (isCached[row], isTruncated[row], isFinite[row]) = (true, truncated, true);
                }
            },
            cancellationToken);

        int own = isCached.Count(static cached => cached);
        CopyFromOthers();
        int all = isCached.Count(static cached => cached);
        metrics.LookedUp(own, all - own, keys.Length - all);

        // A canceled fit whose text hangs leaves its record, so the record is counted here too.
        crashed.Settle();
        HashSet<UInt128> suspects = crashed.Suspects(corpus, encoder.Sha256);
        int[] missing =
        [
            .. Enumerable.Range(0, keys.Length)
                .Where(row => !isCached[row])
                .OrderByDescending(row => suspects.Contains(keys[row]))
                .ThenByDescending(row => documents[row].Text.Length),
        ];
        int alone = missing.Count(row => suspects.Contains(keys[row]));

        int done = 0;

        // Two texts per executor, one running and one waiting: no executor idles, and the queue has room for batches.
        await RunAsync(0, alone, window: 1);
        await RunAsync(alone, missing.Length, executors.Count * 2);
        crashed.Clear(corpus, encoder.Sha256);

        void CopyFromOthers()
        {
            using EmbeddingBlock block = new(cache, corpus, encoder.Sha256, encoder.Dimension);
            int open = keys.Length - own;
            cache.VisitOthers(
                corpus,
                encoder,
                (key, vector, truncated) =>
                {
                    ReadOnlySpan<int> same = byText.Of(key);
                    if (same.IsEmpty || isCached[same[0]])
                    {
                        return;
                    }

                    foreach (int row in same)
                    {
                        rows.Write(row, vector);
                        (isCached[row], isTruncated[row], isFinite[row]) = (true, truncated, true);
                        open--;
                    }

                    block.Add(key, vector.ToArray(), truncated);
                },
                () => open == 0,
                cancellationToken);
        }

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
                int row = missing[index];
                Document document = documents[row];
                int place = running.Enter(keys[row], document.Id);
                EmbeddingOutcome outcome = await executors.EmbedAsync(document.Text, EmbeddingPriority.Paced, deadline: null, token);
                running.Leave(place);
                if (outcome.IsFinite)
                {
                    rows.Write(row, outcome.Vector);
                    (isTruncated[row], isFinite[row]) = (outcome.Cost.Truncated, true);
                    block.Add(keys[row], outcome.Vector, outcome.Cost.Truncated);
                }

                int count = Interlocked.Increment(ref done);
                progress.Report(
                    new FitProgress(FitStage.Embedding, (double)count / missing.Length),
                    count / clock.GetElapsedTime(started).TotalSeconds);
            });
        }

        TimeSpan duration = clock.GetElapsedTime(started);
        string[] removed = Remove(documents, isFinite);
        Matrix matrix = Compact(rows, isFinite);
        int truncated = Enumerable.Range(0, keys.Length).Count(row => isFinite[row] && isTruncated[row]);
        return new EmbeddingSummary(matrix, keys.Length - missing.Length, truncated, duration) { NotFinite = removed };
    }

    /// <summary>Removes the documents without a finite embedding.</summary>
    /// <returns>Their ids.</returns>
    private static string[] Remove(List<Document> documents, bool[] isFinite)
    {
        if (!isFinite.Contains(false))
        {
            return [];
        }

        string[] removed = [.. documents.Where((_, row) => !isFinite[row]).Select(static document => document.Id)];
        RequireFinite(removed, documents.Count);
        HashSet<string> ids = [.. removed];
        documents.RemoveAll(document => ids.Contains(document.Id));
        return removed;
    }

    /// <summary>Moves the rows with an embedding together.</summary>
    private static Matrix Compact(ScratchRows rows, bool[] isFinite)
    {
        Matrix all = rows.First(isFinite.Length);
        int count = 0;
        for (int row = 0; row < isFinite.Length; row++)
        {
            if (!isFinite[row])
            {
                continue;
            }

            if (row != count)
            {
                rows.Write(count, all.Row(row));
            }

            count++;
        }

        return rows.First(count);
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
