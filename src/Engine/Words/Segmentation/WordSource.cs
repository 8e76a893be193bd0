namespace TopicGrpc.Engine.Words.Segmentation;

/// <summary>Reader of the words of any number of texts, one after the other. Reuses its buffers; not thread-safe.</summary>
internal sealed class WordSource(WordSegmentation segmentation, bool lowercase)
{
    private readonly ScriptWords? _scripts = segmentation == WordSegmentation.Unicode ? new ScriptWords(lowercase) : null;
    private readonly LowercaseBuffer? _lower = lowercase ? new LowercaseBuffer() : null;

    /// <summary>Starts a text. The reader of the text before becomes invalid.</summary>
    public WordReader Read(string text)
    {
        if (_scripts is not null)
        {
            _scripts.Start(text);
            return new WordReader(_scripts);
        }

        return new WordReader(new Tokenizer(text, _lower));
    }
}
