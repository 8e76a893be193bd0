using TopicGrpc.Engine.Words;
using TopicGrpc.Engine.Words.Segmentation;

namespace TopicGrpc.Engine.Topics.Quality;

/// <summary>
/// Reader of texts as numbers of topic words. Tokens are those of the segmentation without scikit-learn's English stop words,
/// independent of other settings, so that models are comparable. Not thread-safe because of its buffers.
/// </summary>
internal sealed class TopicWordReader
{
    private const int StopWord = -2;
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _numbers;
    private readonly WordSource _source;
    private int[] _tokens = new int[256];

    public TopicWordReader(WordIndex index, WordSegmentation segmentation = WordSegmentation.TokenPattern)
    {
        _source = new WordSource(segmentation, lowercase: true);
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
        int count = 0;
        WordReader reader = _source.Read(text);
        while (reader.MoveNext())
        {
            int number = _numbers.TryGetValue(reader.Current, out int known) ? known : WordIndex.None;
            if (number == StopWord)
            {
                continue;
            }

            if (count == _tokens.Length)
            {
                Array.Resize(ref _tokens, 2 * count);
            }

            _tokens[count++] = number;
        }

        return _tokens.AsSpan(0, count);
    }
}
