using TopicGrpc.Engine.Words;

namespace TopicGrpc.Engine.Topics.Quality;

/// <summary>
/// Reader of texts as numbers of topic words. Tokens are those of scikit-learn's vectorizer without English stop words, independent of
/// the model's settings, so that models are comparable. Not thread-safe because of its buffers.
/// </summary>
internal sealed class TopicWordReader
{
    private const int StopWord = -2;
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _numbers;
    private char[] _lower = [];
    private int[] _tokens = [];

    public TopicWordReader(WordIndex index)
    {
        Dictionary<string, int> numbers = new(StringComparer.Ordinal);
        foreach (string word in index.Words)
        {
            numbers.Add(word, index.Find(word));
        }

        foreach (string word in StopWords.English)
        {
            numbers[word] = StopWord;
        }

        _numbers = numbers.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>Reads one text.</summary>
    /// <returns>A number for each token, <see cref="WordIndex.None"/> if no topic has it; valid until the next call.</returns>
    public ReadOnlySpan<int> Read(string text)
    {
        if (_lower.Length < text.Length)
        {
            _lower = new char[Math.Max(text.Length, 2 * _lower.Length)];
            _tokens = new int[(_lower.Length + 1) / 2];
        }

        int count = 0;
        Tokenizer reader = new(text, lowercase: true, _lower);
        while (reader.MoveNext())
        {
            if (!_numbers.TryGetValue(reader.Current, out int number))
            {
                _tokens[count++] = WordIndex.None;
            }
            else if (number != StopWord)
            {
                _tokens[count++] = number;
            }
        }

        return _tokens.AsSpan(0, count);
    }
}
