using System.Numerics.Tensors;

namespace TopicGrpc.Engine.Archive.Bertopic;

/// <summary>A tensor of a file. Its values are read only when they are asked for.</summary>
/// <param name="Source">The bytes of the values: as many as type and shape require.</param>
/// <param name="Type">Type of the values.</param>
/// <param name="Shape">Length of each dimension.</param>
internal sealed record StoredTensor(TensorSource Source, TensorType Type, long[] Shape)
{
    /// <summary>Whether the values are floating-point numbers.</summary>
    public bool HasNumbers => Type is TensorType.Single or TensorType.Double;

    private int Count => (int)(Source.Length / Tensor.SizeOf(Type));

    /// <summary>Reads the values in double precision; null for integers.</summary>
    public double[]? ToDoubles()
    {
        if (!HasNumbers)
        {
            return null;
        }

        double[] values = new double[Count];
        if (Type == TensorType.Single)
        {
            Source.Read<float>((block, first) => TensorPrimitives.ConvertTruncating(block, values.AsSpan(first, block.Length)));
        }
        else
        {
            Source.Read<double>((block, first) => block.CopyTo(values.AsSpan(first)));
        }

        return values;
    }

    /// <summary>Reads the values as integers; null for other types or if a value exceeds 32 bits.</summary>
    public int[]? ToIntegers()
    {
        if (HasNumbers)
        {
            return null;
        }

        int[] values = new int[Count];
        bool isNarrow = true;
        if (Type == TensorType.Int32)
        {
            Source.Read<int>((block, first) => block.CopyTo(values.AsSpan(first)));
        }
        else
        {
            Source.Read<long>((block, first) =>
            {
                for (int i = 0; i < block.Length; i++)
                {
                    isNarrow &= block[i] is >= int.MinValue and <= int.MaxValue;
                    values[first + i] = unchecked((int)block[i]);
                }
            });
        }

        return isNarrow ? values : null;
    }
}
