namespace TopicGrpc.Onnx.Tokens;

/// <summary>Collects ids up to a limit and remembers whether there was one too many.</summary>
internal ref struct TokenSink
{
    private readonly Span<long> _ids;

    /// <summary>Starts empty.</summary>
    /// <param name="ids">Receives the ids; its length is the limit.</param>
    public TokenSink(Span<long> ids) => _ids = ids;

    /// <summary>Ids received within the limit.</summary>
    public int Count { get; private set; }

    /// <summary>Whether an id came after the limit.</summary>
    public bool Truncated { get; private set; }

    /// <summary>Takes one id.</summary>
    public void Add(int id)
    {
        if (Count == _ids.Length)
        {
            Truncated = true;
        }
        else
        {
            _ids[Count++] = id;
        }
    }
}
