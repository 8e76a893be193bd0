using TopicGrpc.Engine.Documents;
using TopicGrpc.Engine.Embeddings;
using TopicGrpc.Engine.Numerics;
using TopicGrpc.Server.Errors;
using TopicGrpc.Server.Storage;

namespace TopicGrpc.Server.Fitting;

/// <summary>
/// Embeds the documents of a fit. Every vector goes to its row in a scratch file as soon as it is known, so the vectors of a corpus are
/// never in private memory together.
/// </summary>
internal sealed class CorpusEmbedder(
    IEmbeddingPlacement placement,
    EmbeddingCache cache,
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
    /// The documents; those that the encoder cannot embed are removed from the list, see <see cref="EmbeddingSummary"/>.
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
        var states = new EmbeddedRow[keys.Length];
        TextRows byText = new(keys);
        using EmbeddingBlock block = new(cache, corpus, encoder.Sha256, encoder.Dimension);
        int open = keys.Length;
        cache.Visit(corpus, encoder.Sha256, encoder.Dimension, (key, vector, truncated) => Take(key, vector, truncated), cancellationToken);
        int own = keys.Length - open;
        cache.VisitOthers(
            corpus,
            encoder,
            (key, vector, truncated) =>
            {
                if (Take(key, vector, truncated))
                {
                    block.Add(key, vector.ToArray(), truncated);
                }
            },
            () => open == 0,
            cancellationToken);
        block.Flush();
        metrics.LookedUp(own, keys.Length - open - own, open);

        int[] missing = [.. Enumerable.Range(0, keys.Length).Where(row => states[row] == EmbeddedRow.None)];
        EmbeddingReceiver receiver = new(block, rows, states, keys, missing, progress, clock);
        await placement.EmbedAsync(new EmbeddingWork(corpus, encoder, documents, keys, missing), receiver, cancellationToken);

        TimeSpan duration = clock.GetElapsedTime(started);
        string[] notFinite = IdsOf(documents, states, EmbeddedRow.None);
        string[] quarantined = IdsOf(documents, states, EmbeddedRow.Quarantined);
        RequireFinite(notFinite, documents.Count);
        Remove(documents, [.. notFinite, .. quarantined]);
        Matrix matrix = Compact(rows, states);
        int truncatedRows = states.Count(static state => state == EmbeddedRow.Truncated);
        return new EmbeddingSummary(matrix, keys.Length - missing.Length, truncatedRows, duration)
        {
            NotFinite = notFinite,
            Quarantined = quarantined,
        };

        // Returns whether the text had no embedding yet.
        bool Take(UInt128 key, ReadOnlySpan<float> vector, bool isTruncated)
        {
            ReadOnlySpan<int> same = byText.Of(key);
            if (same.IsEmpty || states[same[0]] != EmbeddedRow.None)
            {
                return false;
            }

            foreach (int row in same)
            {
                rows.Write(row, vector);
                states[row] = isTruncated ? EmbeddedRow.Truncated : EmbeddedRow.Whole;
            }

            open -= same.Length;
            return true;
        }
    }

    private static string[] IdsOf(List<Document> documents, EmbeddedRow[] states, EmbeddedRow state) =>
        states.Contains(state) ? [.. documents.Where((_, row) => states[row] == state).Select(static document => document.Id)] : [];

    private static void Remove(List<Document> documents, HashSet<string> ids)
    {
        if (ids.Count > 0)
        {
            documents.RemoveAll(document => ids.Contains(document.Id));
        }
    }

    /// <summary>Moves the rows with an embedding together.</summary>
    private static Matrix Compact(ScratchRows rows, EmbeddedRow[] states)
    {
        Matrix all = rows.First(states.Length);
        int count = 0;
        for (int row = 0; row < states.Length; row++)
        {
            if (states[row] is not (EmbeddedRow.Whole or EmbeddedRow.Truncated))
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
