using System.Numerics.Tensors;

namespace TopicGrpc.Onnx;

/// <summary>From token vectors to the vector of a text: their mean, scaled to unit length (Reimers and Gurevych 2019, section 3).</summary>
internal static class MeanPooling
{
    /// <summary>Pools the vectors of all tokens. The sum alone is enough: scaling to unit length makes the division by their number void.</summary>
    /// <param name="states">Token vectors, one after another; every token counts, for nothing is padded.</param>
    /// <param name="destination">Receives the vector; its length divides that of <paramref name="states"/>.</param>
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
