using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Words.Segmentation;

namespace TopicGrpc.Engine.Topics.Quality;

/// <summary>Counts of topic words in the windows of all texts. One pass counts all window sizes, in parallel over fixed blocks.</summary>
internal static class OccurrenceCounter
{
    private const int BlockSize = 512;

    /// <summary>Counts the words.</summary>
    /// <param name="index">Words to count.</param>
    /// <param name="texts">The texts.</param>
    /// <param name="segmentation">How the texts are split into words.</param>
    /// <param name="sizes">Sizes of windows.</param>
    /// <param name="compute">Number of threads; it does not change the result.</param>
    /// <param name="cancellationToken">Cancels between blocks.</param>
    /// <returns>Counts for each size, in the given order.</returns>
    public static OccurrenceCounts[] Count(
        WordIndex index,
        IReadOnlyList<string> texts,
        WordSegmentation segmentation,
        int[] sizes,
        ComputeOptions compute,
        CancellationToken cancellationToken)
    {
        Lock gate = new();
        OccurrenceCounts[] total = Array.ConvertAll(sizes, _ => new OccurrenceCounts(index));
        RowBlocks.Run(
            texts.Count,
            BlockSize,
            compute.Threads,
            (_, first, end) =>
            {
                TopicWordReader reader = new(index, segmentation);
                OccurrenceCounts[] counts = Array.ConvertAll(sizes, _ => new OccurrenceCounts(index));
                SlidingWindow[] windows = [.. sizes.Select((size, i) => new SlidingWindow(index, size, counts[i]))];
                for (int text = first; text < end; text++)
                {
                    ReadOnlySpan<int> tokens = reader.Read(texts[text]);
                    foreach (SlidingWindow window in windows)
                    {
                        window.Slide(tokens);
                    }
                }

                lock (gate)
                {
                    for (int i = 0; i < total.Length; i++)
                    {
                        total[i].Add(counts[i]);
                    }
                }
            },
            cancellationToken);
        return total;
    }
}
