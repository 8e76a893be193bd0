using System.Runtime.ExceptionServices;
using TopicGrpc.Engine.Embeddings;
using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Onnx;

/// <summary>
/// Embedding of many texts on several threads. Each text is embedded separately, so the result does not depend on the
/// number of threads.
/// </summary>
public static class BulkEmbedder
{
    /// <summary>Embeds texts.</summary>
    /// <param name="embedder">Encoder.</param>
    /// <param name="texts">Texts, n.</param>
    /// <param name="compute">Number of threads; more threads than cores have no benefit.</param>
    /// <param name="progress">Receives the number of embedded texts, ascending, in one call at a time; null for none.</param>
    /// <param name="cancellationToken">Cancels each thread after its current text.</param>
    /// <returns>Vectors, n × d, each row of unit length.</returns>
    /// <exception cref="OperationCanceledException">The token was canceled.</exception>
    public static Matrix Embed(
        IEmbedder embedder,
        IReadOnlyList<string> texts,
        ComputeOptions compute,
        IProgress<int>? progress,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(embedder);
        ArgumentNullException.ThrowIfNull(texts);
        ArgumentNullException.ThrowIfNull(compute);
        ArgumentOutOfRangeException.ThrowIfLessThan(compute.Threads, 1, $"{nameof(compute)}.{nameof(compute.Threads)}");
        Matrix rows = new(texts.Count, embedder.Info.Dimension);
        int[] order = LongestFirst(texts);
        int next = -1;
        int done = 0;
        Lock reporting = new();
        ParallelOptions options = new() { MaxDegreeOfParallelism = compute.Threads, CancellationToken = cancellationToken };
        int Take() => Interlocked.Increment(ref next);

        void Work(int worker, ParallelLoopState state)
        {
            for (int taken = Take(); taken < order.Length && !state.IsExceptional; taken = Take())
            {
                int row = order[taken];
                embedder.Embed(texts[row], rows.Row(row), cancellationToken);
                if (progress is not null)
                {
                    lock (reporting)
                    {
                        progress.Report(++done);
                    }
                }
            }
        }

        try
        {
            Parallel.For(0, Math.Min(compute.Threads, order.Length), options, Work);
        }
        catch (AggregateException e)
        {
            // Unwrap: callers expect the exception of the embedder.
            ExceptionDispatchInfo.Throw(e.InnerExceptions[0]);
        }

        return rows;
    }

    /// <summary>Returns the texts by descending length, so that no thread is left with a long text at the end.</summary>
    private static int[] LongestFirst(IReadOnlyList<string> texts)
    {
        int[] order = new int[texts.Count];
        int[] lengths = new int[texts.Count];
        for (int i = 0; i < order.Length; i++)
        {
            order[i] = i;
            lengths[i] = -texts[i].Length;
        }

        Array.Sort(lengths, order);
        return order;
    }
}
