namespace TopicGrpc.Engine.Words;

/// <summary>The terms of a text given as tokens, over a known vocabulary: those of any stretch of tokens are had without reading it again.</summary>
/// <param name="wordStarts">Tokens + 1 offsets: the words of each token. A token is mostly one word, none where it is a stop word.</param>
/// <param name="columns">Words × sizes of terms: column of the term that begins with the word; −1 where the vocabulary lacks it.</param>
/// <param name="sizes">Number of sizes of terms, the smallest first.</param>
/// <param name="smallest">Words in the smallest term.</param>
internal sealed class TokenTerms(int[] wordStarts, int[] columns, int sizes, int smallest)
{
    /// <summary>Most terms that any stretch of so many tokens has.</summary>
    public int Most(int start, int end) => (wordStarts[end] - wordStarts[start]) * sizes;

    /// <summary>Collects the columns of a stretch; a term that runs over its end is none of it.</summary>
    /// <param name="start">First token.</param>
    /// <param name="end">One after the last token.</param>
    /// <param name="target">Room for <see cref="Most"/> columns.</param>
    /// <returns>How many there are.</returns>
    public int Collect(int start, int end, Span<int> target)
    {
        int count = 0;
        int last = wordStarts[end];
        for (int word = wordStarts[start]; word < last; word++)
        {
            for (int size = 0; size < sizes && word + smallest + size <= last; size++)
            {
                int column = columns[(word * sizes) + size];
                if (column >= 0)
                {
                    target[count++] = column;
                }
            }
        }

        return count;
    }
}
