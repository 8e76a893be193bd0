using System.Numerics.Tensors;

namespace TopicGrpc.Onnx;

/// <summary>Mean pooling of token vectors, scaled to unit length (Reimers and Gurevych 2019, section 3).</summary>
internal static class MeanPooling
{
    /// <summary>Pools token vectors. Sums instead of averaging: the scaling to unit length cancels the division by the count.</summary>
    /// <param name="states">Token vectors, tokens × d row-major, without padding.</param>
    /// <param name="destination">Receives the vector of d values.</param>
    public static void Pool(ReadOnlySpan<float> states, Span<float> destination)
    {
        int dimension = destination.Length;
        destination.Clear();
        for (int start = 0; start < states.Length; start += dimension)
        {
            TensorPrimitives.Add(destination, states.Slice(start, dimension), destination);
        }

        float norm = TensorPrimitives.Norm<float>(destination);
        if (norm > 0f)
        {
            TensorPrimitives.Divide(destination, norm, destination);
        }
    }
}
