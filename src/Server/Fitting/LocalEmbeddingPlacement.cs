using TopicGrpc.Server.Embedding;

namespace TopicGrpc.Server.Fitting;

/// <summary>
/// Embeds the texts of a fit in this process, through the bulk queue, so that interactive calls go first. Texts that may have ended the
/// process run first, one after another, see <see cref="CrashedTexts"/>.
/// </summary>
internal sealed class LocalEmbeddingPlacement(EmbeddingExecutors executors, CrashedTexts crashed) : IEmbeddingPlacement
{
    /// <inheritdoc/>
    public async Task EmbedAsync(EmbeddingWork work, IEmbeddingReceiver receiver, CancellationToken cancellationToken)
    {
        // A canceled fit whose text hangs leaves its record, so the record is counted here too.
        crashed.Settle();
        HashSet<UInt128> suspects = crashed.Suspects(work.CorpusId, work.Encoder.Sha256);

        // The longest texts first: the last ones to finish are short, so all executors finish together.
        int[] order =
        [
            .. Enumerable.Range(0, work.Count)
                .OrderByDescending(text => suspects.Contains(work.Key(text)))
                .ThenByDescending(text => work.Text(text).Length),
        ];
        int alone = order.Count(text => suspects.Contains(work.Key(text)));

        // Two texts per executor, one running and one waiting: no executor idles, and the queue has room for batches.
        await RunAsync(order.AsMemory(0, alone), window: 1);
        await RunAsync(order.AsMemory(alone), executors.Count * 2);
        crashed.Clear(work.CorpusId, work.Encoder.Sha256);

        async Task RunAsync(ReadOnlyMemory<int> texts, int window)
        {
            if (texts.IsEmpty)
            {
                return;
            }

            using RunningTexts running = crashed.Begin(
                work.CorpusId, work.Encoder.Sha256, window, () => executors.CountHanging() > 0);

            // On the threads of the fit: no thread of the pool may wait for the disk.
            ParallelOptions parallel = new()
            {
                MaxDegreeOfParallelism = window,
                TaskScheduler = TaskScheduler.Current,
                CancellationToken = cancellationToken,
            };
            try
            {
                await Parallel.ForAsync(0, texts.Length, parallel, async (index, token) =>
                {
                    int text = texts.Span[index];
                    int place = running.Enter(work.Key(text), work.DocumentId(text));
                    EmbeddingOutcome outcome = await executors.EmbedAsync(
                        work.Text(text), EmbeddingPriority.Paced, deadline: null, token);
                    running.Leave(place);
                    receiver.Add(text, new EmbeddedText(outcome.Vector, outcome.Cost.Truncated));
                });
            }
            finally
            {
                receiver.Flush();
            }
        }
    }

    /// <inheritdoc/>
    public Task ForgetAsync(string corpusId, IReadOnlySet<UInt128> kept, CancellationToken cancellationToken) => Task.CompletedTask;
}
