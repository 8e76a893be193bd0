namespace TopicGrpc.Engine.Words;

/// <summary>
/// Terms of a tokenized text over a fixed vocabulary. The terms of any range of tokens are available without tokenizing
/// again.
/// </summary>
/// <param name="wordStarts">Offset of the first word of each token, plus one. A token is usually one word; a stop word is none.</param>
/// <param name="columns">
/// Columns, words × sizes: the column of the term of that size that starts with the word; −1 if it is not in the
/// vocabulary.
/// </param>
/// <param name="sizes">Number of n-gram sizes.</param>
/// <param name="smallest">Smallest n-gram size.</param>
internal sealed class TokenTerms(int[] wordStarts, int[] columns, int sizes, int smallest)
{
    /// <summary>Returns the maximum number of terms of a range of tokens.</summary>
    public int Most(int start, int end) => (wordStarts[end] - wordStarts[start]) * sizes;

    /// <summary>Collects the columns of the terms that lie within a range of tokens.</summary>
    /// <param name="start">First token.</param>
    /// <param name="end">End of the range, exclusive.</param>
    /// <param name="target">Receives at most <see cref="Most"/> columns.</param>
    /// <returns>Number of columns.</returns>
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
