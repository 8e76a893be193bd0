namespace TopicGrpc.Onnx.Tokens;

/// <summary>Bounded list of token ids that records an overflow.</summary>
internal ref struct TokenSink
{
    private readonly Span<long> _ids;

    /// <summary>Creates an empty list.</summary>
    /// <param name="ids">Receives the ids; its length is the limit.</param>
    public TokenSink(Span<long> ids) => _ids = ids;

    /// <summary>Number of ids, at most the limit.</summary>
    public int Count { get; private set; }

    /// <summary>True if an id did not fit.</summary>
    public bool Truncated { get; private set; }

    /// <summary>Appends an id, or records the overflow.</summary>
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
