namespace TopicGrpc.Onnx;

/// <summary>Input and output of one run of the encoder, allocated once and used by one caller at a time.</summary>
internal sealed class EncoderBuffers : IDisposable
{
    private readonly int _dimension;
    private readonly long[] _ids;
    private readonly long[] _mask;
    private readonly long[] _types;
    private readonly float[] _states;
    private readonly TextTensors?[] _tensors;

    /// <summary>Allocates the buffers.</summary>
    /// <param name="maxTokens">Longest text.</param>
    /// <param name="dimension">Length of a token's vector.</param>
    public EncoderBuffers(int maxTokens, int dimension)
    {
        _dimension = dimension;
        _ids = new long[maxTokens];
        _mask = new long[maxTokens];
        _types = new long[maxTokens];
        _states = new float[maxTokens * dimension];
        _tensors = new TextTensors?[maxTokens + 1];

        // A text is run at its own length: nothing is padding, every token is of the first segment.
        Array.Fill(_mask, 1L);
    }

    /// <summary>Room for the ids of a text.</summary>
    public Span<long> Ids => _ids;

    /// <summary>The buffers as tensors of a text of so many tokens; made at the first text of that length.</summary>
    public TextTensors Tensors(int tokens) => _tensors[tokens] ??= new TextTensors(
        _ids.AsMemory(0, tokens), _mask.AsMemory(0, tokens), _types.AsMemory(0, tokens), _states.AsMemory(0, tokens * _dimension));

    /// <summary>The token vectors of the last run, one after another.</summary>
    public ReadOnlySpan<float> States(int tokens) => _states.AsSpan(0, tokens * _dimension);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (TextTensors? tensors in _tensors)
        {
            tensors?.Dispose();
        }
    }
}
