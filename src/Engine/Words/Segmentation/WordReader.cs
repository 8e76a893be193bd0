namespace TopicGrpc.Engine.Words.Segmentation;

/// <summary>Words of one text by the segmentation of a <see cref="WordSource"/>. Not thread-safe.</summary>
internal ref struct WordReader
{
    private readonly ScriptWords? _scripts;
    private Tokenizer _pattern;

    public WordReader(Tokenizer pattern) => _pattern = pattern;

    public WordReader(ScriptWords scripts) => _scripts = scripts;

    /// <summary>Current word; valid until the next call of <see cref="MoveNext"/>.</summary>
    public readonly ReadOnlySpan<char> Current => _scripts is null ? _pattern.Current : _scripts.Current;

    public bool MoveNext() => _scripts is null ? _pattern.MoveNext() : _scripts.MoveNext();
}
