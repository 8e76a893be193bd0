using System.Runtime.ExceptionServices;
using TopicGrpc.Engine.Embeddings;
using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Onnx;

/// <summary>Embeds many texts with several threads. Each text is embedded alone, so the matrix is the same for any number of threads and any order of work.</summary>
public static class BulkEmbedder
{
    /// <summary>Embeds texts.</summary>
    /// <param name="embedder">The encoder.</param>
    /// <param name="texts">The texts, one a row.</param>
    /// <param name="compute">How many threads; more than cores gain nothing.</param>
    /// <param name="progress">Told the number of texts done, ascending, one report at a time; or null.</param>
    /// <param name="cancellationToken">Stops each thread after the text it is at.</param>
    /// <returns>Texts × dimension, each row of unit length.</returns>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
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
        void Work(int worker, ParallelLoopState state)
        {
            for (int taken = Interlocked.Increment(ref next); taken < order.Length && !state.IsExceptional; taken = Interlocked.Increment(ref next))
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
            // Callers know the embedder's exceptions, not the loop's wrapping of them.
            ExceptionDispatchInfo.Throw(e.InnerExceptions[0]);
        }

        return rows;
    }

    /// <summary>Long texts first, so that no thread is left alone with one at the end.</summary>
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
