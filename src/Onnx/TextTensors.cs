using Microsoft.ML.OnnxRuntime;

namespace TopicGrpc.Onnx;

/// <summary>Tensor views of the arrays of an <see cref="EncoderBuffers"/> for one text length.</summary>
internal sealed class TextTensors : IDisposable
{
    private readonly OrtValue _ids;
    private readonly OrtValue _mask;
    private readonly OrtValue _types;
    private readonly OrtValue _states;

    /// <summary>Creates the views. The memory stays pinned until <see cref="Dispose"/>.</summary>
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

    /// <summary>Input tensors: ids, mask and types, in this order.</summary>
    public OrtValue[] Inputs { get; }

    /// <summary>Output tensor: the token vectors, 1 × tokens × d.</summary>
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
