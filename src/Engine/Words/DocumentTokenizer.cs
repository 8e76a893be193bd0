using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Engine.Words;

/// <summary>Tokenization of documents in parallel over fixed blocks; word numbers do not depend on threads.</summary>
internal static class DocumentTokenizer
{
    private const int BlockSize = 2048;

    /// <summary>
    /// Returns whether a text has a word, which stop words, single letters and symbols are not. A letter beyond ASCII counts as a word.
    /// </summary>
    public static bool MayHaveWord(IEnumerable<string> texts, WordOptions options)
    {
        HashSet<string> stopWords = new(options.StopWords, StringComparer.Ordinal);
        TokenBlock tokens = new(options, stopWords);
        foreach (string text in texts)
        {
            string counted = options.KeepAsciiOnly ? TextCleanup.KeepAscii(text) : text;
            if (counted.Any(static letter => !char.IsAscii(letter) && char.IsLetter(letter)) || tokens.Add(counted) > 0)
            {
                return true;
            }
        }

        return false;
    }

    public static DocumentTokens Read(
        IReadOnlyList<string> texts,
        WordOptions options,
        ComputeOptions compute,
        CancellationToken cancellationToken)
    {
        HashSet<string> stopWords = new(options.StopWords, StringComparer.Ordinal);
        var blocks = new TokenBlock[RowBlocks.Count(texts.Count, BlockSize)];
        int[] starts = new int[texts.Count + 1];
        bool[] isEmpty = new bool[texts.Count];
        RowBlocks.Run(
            texts.Count,
            BlockSize,
            compute.Threads,
            (block, first, end) =>
            {
                TokenBlock tokens = new(options, stopWords);
                for (int document = first; document < end; document++)
                {
                    string text = options.KeepAsciiOnly ? TextCleanup.KeepAscii(texts[document]) : texts[document];
                    isEmpty[document] = text.Length == 0;
                    starts[document + 1] = tokens.Add(text);
                }

                blocks[block] = tokens;
            },
            cancellationToken);

        for (int document = 0; document < texts.Count; document++)
        {
            starts[document + 1] = checked(starts[document] + starts[document + 1]);
        }

        return Join(blocks, starts, isEmpty, stopWords);
    }

    private static DocumentTokens Join(TokenBlock[] blocks, int[] starts, bool[] isEmpty, HashSet<string> stopWords)
    {
        Dictionary<string, int> numbers = new(blocks.Length == 0 ? 1 : 2 * blocks[0].Tokens.Count, StringComparer.Ordinal);
        List<string> words = new(numbers.Capacity);
        int[] ids = new int[starts[^1]];
        int offset = 0;
        foreach (TokenBlock block in blocks)
        {
            int[] global = new int[block.Tokens.Count];
            for (int local = 0; local < global.Length; local++)
            {
                global[local] = NumberOf(block.Tokens[local], numbers, words);
            }

            foreach (int local in block.Ids)
            {
                ids[offset++] = global[local];
            }
        }

        int emptyText = stopWords.Contains(TextCleanup.EmptyText) ? -1 : NumberOf(TextCleanup.EmptyText, numbers, words);
        return new DocumentTokens([.. words], starts, ids, isEmpty) { EmptyTextId = emptyText };
    }

    private static int NumberOf(string word, Dictionary<string, int> numbers, List<string> words)
    {
        if (!numbers.TryGetValue(word, out int number))
        {
            number = words.Count;
            numbers.Add(word, number);
            words.Add(word);
        }

        return number;
    }
}
