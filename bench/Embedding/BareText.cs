using Microsoft.ML.OnnxRuntime;
using TopicGrpc.Onnx.Tokens;

namespace TopicGrpc.Embedding;

/// <summary>Input tensors of one text, created before the measurement.</summary>
internal sealed class BareText : IDisposable
{
    private readonly OrtValue _ids;
    private readonly OrtValue _mask;
    private readonly OrtValue _types;

    public BareText(long[] ids)
    {
        long[] shape = [1, ids.Length];
        Tokens = ids.Length;
        long[] ones = new long[ids.Length];
        Array.Fill(ones, 1L);
        _ids = OrtValue.CreateTensorValueFromMemory(ids, shape);
        _mask = OrtValue.CreateTensorValueFromMemory(ones, shape);
        _types = OrtValue.CreateTensorValueFromMemory(new long[ids.Length], shape);
        Inputs = [_ids, _mask, _types];
    }

    /// <summary>Creates the inputs of texts, the longest text first.</summary>
    public static BareText[] Prepare(UncasedTokenizer tokenizer, int maxTokens, IEnumerable<string> texts)
    {
        long[] ids = new long[maxTokens];
        return
        [
            .. texts.Select(text => ids[..tokenizer.Encode(text, ids).Count])
                .OrderByDescending(static text => text.Length)
                .Select(static text => new BareText(text)),
        ];
    }

    public OrtValue[] Inputs { get; }

    public int Tokens { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        _ids.Dispose();
        _mask.Dispose();
        _types.Dispose();
    }
}
