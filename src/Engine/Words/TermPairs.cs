using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Engine.Words;

/// <summary>
/// The distinct terms of one size. A term of m words is the pair of its head, the term of the first m − 1 words, and its last word. Pairs
/// are numbered by head, then by last word, so their numbers depend neither on threads nor on the order of the documents.
/// </summary>
internal sealed class TermPairs
{
    private const int HeadBlock = 1024;

    private TermPairs(int[] starts, int[] lasts, int[] atPositions)
    {
        Starts = starts;
        Lasts = lasts;
        AtPositions = atPositions;
    }

    /// <summary>Number of the first pair of each head, plus the number of pairs.</summary>
    public int[] Starts { get; }

    /// <summary>Last word of each pair, ascending for a head.</summary>
    public int[] Lasts { get; }

    /// <summary>Pair that starts at each position of the corpus; −1 for none.</summary>
    public int[] AtPositions { get; }

    /// <summary>Numbers the distinct pairs: a counting sort by head, then a sort by last word for every head.</summary>
    /// <param name="heads">Head that starts at each position, from 0; −1 for none.</param>
    /// <param name="headCount">Number of heads.</param>
    /// <param name="lasts">Word after the head at each position, from 0; −1 for none.</param>
    /// <param name="compute">Number of threads.</param>
    /// <param name="cancellationToken">Cancels between blocks of heads.</param>
    public static TermPairs Find(int[] heads, int headCount, int[] lasts, ComputeOptions compute, CancellationToken cancellationToken)
    {
        (int[] places, ulong[] occurrences) = GroupByHead(heads, headCount, lasts);
        int[] starts = new int[headCount + 1];
        RowBlocks.Run(
            headCount,
            HeadBlock,
            compute.Threads,
            (_, first, end) =>
            {
                for (int head = first; head < end; head++)
                {
                    Span<ulong> own = occurrences.AsSpan(places[head]..places[head + 1]);
                    own.Sort();
                    starts[head + 1] = CountDistinct(own);
                }
            },
            cancellationToken);
        Accumulate(starts);

        int[] words = new int[starts[headCount]];
        int[] atPositions = new int[heads.Length];
        Array.Fill(atPositions, -1);
        RowBlocks.Run(
            headCount,
            HeadBlock,
            compute.Threads,
            (_, first, end) =>
            {
                for (int head = first; head < end; head++)
                {
                    int pair = starts[head] - 1;
                    int previous = -1;
                    foreach (ulong occurrence in occurrences.AsSpan(places[head]..places[head + 1]))
                    {
                        int last = LastOf(occurrence);
                        if (last != previous)
                        {
                            words[++pair] = last;
                            previous = last;
                        }

                        atPositions[(int)(uint)occurrence] = pair;
                    }
                }
            },
            cancellationToken);
        return new TermPairs(starts, words, atPositions);
    }

    /// <summary>Returns the pairs as (last word, position) in one number each, grouped by head in the order of positions.</summary>
    private static (int[] Places, ulong[] Occurrences) GroupByHead(int[] heads, int headCount, int[] lasts)
    {
        int[] places = new int[headCount + 1];
        for (int position = 0; position < heads.Length; position++)
        {
            if (heads[position] >= 0 && lasts[position] >= 0)
            {
                places[heads[position] + 1]++;
            }
        }

        Accumulate(places);
        int[] next = places[..^1];
        ulong[] occurrences = new ulong[places[headCount]];
        for (int position = 0; position < heads.Length; position++)
        {
            if (heads[position] >= 0 && lasts[position] >= 0)
            {
                occurrences[next[heads[position]]++] = ((ulong)(uint)lasts[position] << 32) | (uint)position;
            }
        }

        return (places, occurrences);
    }

    private static int CountDistinct(ReadOnlySpan<ulong> sorted)
    {
        int count = 0;
        int previous = -1;
        foreach (ulong occurrence in sorted)
        {
            count += LastOf(occurrence) == previous ? 0 : 1;
            previous = LastOf(occurrence);
        }

        return count;
    }

    private static int LastOf(ulong occurrence) => (int)(occurrence >> 32);

    private static void Accumulate(int[] counts)
    {
        for (int i = 1; i < counts.Length; i++)
        {
            counts[i] += counts[i - 1];
        }
    }
}
