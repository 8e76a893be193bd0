using Microsoft.ML.OnnxRuntime;

namespace TopicGrpc.Onnx;

/// <summary>Views of an <see cref="EncoderBuffers"/>' arrays as tensors for a text of one length.</summary>
internal sealed class TextTensors : IDisposable
{
    private readonly OrtValue _ids;
    private readonly OrtValue _mask;
    private readonly OrtValue _types;
    private readonly OrtValue _states;

    /// <summary>Makes the views; the memory is pinned until they are disposed.</summary>
    public TextTensors(Memory<long> ids, Memory<long> mask, Memory<long> types, Memory<float> states)
    {
        int tokens = ids.Length;
        _ids = OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, ids, [1, tokens]);
        _mask = OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, mask, [1, tokens]);
        _types = OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, types, [1, tokens]);
        _states = OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, states, [1, tokens, states.Length / tokens]);
        Inputs = [_ids, _mask, _types];
        Outputs = [_states];
    }

    /// <summary>Ids, mask and types, in this order.</summary>
    public OrtValue[] Inputs { get; }

    /// <summary>The token vectors.</summary>
    public OrtValue[] Outputs { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        _ids.Dispose();
        _mask.Dispose();
        _types.Dispose();
        _states.Dispose();
    }
}
