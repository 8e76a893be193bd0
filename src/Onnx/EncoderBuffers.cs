namespace TopicGrpc.Onnx;

/// <summary>Input and output buffers of an inference, reused; for one caller at a time.</summary>
internal sealed class EncoderBuffers : IDisposable
{
    private readonly int _dimension;
    private readonly long[] _ids;
    private readonly long[] _mask;
    private readonly long[] _types;
    private readonly float[] _states;
    private readonly TextTensors?[] _tensors;

    /// <summary>Allocates the buffers.</summary>
    /// <param name="maxTokens">Maximum number of tokens per text.</param>
    /// <param name="dimension">Length of a token vector.</param>
    public EncoderBuffers(int maxTokens, int dimension)
    {
        _dimension = dimension;
        _ids = new long[maxTokens];
        _mask = new long[maxTokens];
        _types = new long[maxTokens];
        _states = new float[maxTokens * dimension];
        _tensors = new TextTensors?[maxTokens + 1];

        // Texts run unpadded: the mask is 1 for every token, and all tokens are in segment 0.
        Array.Fill(_mask, 1L);
    }

    /// <summary>Buffer for the token ids of a text.</summary>
    public Span<long> Ids => _ids;

    /// <summary>Returns the buffers as tensors for a text of <paramref name="tokens"/> tokens; created on first use of a length.</summary>
    public TextTensors Tensors(int tokens) => _tensors[tokens] ??= new TextTensors(
        _ids.AsMemory(0, tokens), _mask.AsMemory(0, tokens), _types.AsMemory(0, tokens), _states.AsMemory(0, tokens * _dimension));

    /// <summary>Returns the token vectors of the last inference, tokens × d row-major.</summary>
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
