namespace TopicGrpc.Engine.Words.Segmentation;

/// <summary>Reader of the words of any number of texts, one after the other. Reuses its buffers; not thread-safe.</summary>
internal sealed class WordSource(WordSegmentation segmentation, bool lowercase)
{
    private readonly ScriptWords? _scripts = segmentation == WordSegmentation.Unicode ? new ScriptWords(lowercase) : null;
    private char[] _lower = [];

    /// <summary>Starts a text. The reader of the text before becomes invalid.</summary>
    public WordReader Read(string text)
    {
        if (_scripts is not null)
        {
            _scripts.Start(text);
            return new WordReader(_scripts);
        }

        if (lowercase && _lower.Length < text.Length)
        {
            _lower = new char[Math.Max(text.Length, 2 * _lower.Length)];
        }

        return new WordReader(new Tokenizer(text, lowercase, _lower));
    }
}
