using System.Globalization;
using System.Numerics.Tensors;
using TopicGrpc.Server.Errors;

namespace TopicGrpc.Server.Contract;

/// <summary>Rules for an embedding that a client gives.</summary>
internal static class EmbeddingRules
{
    // Rounding alone changes the length of a single-precision unit vector by less than this.
    private const float UnitTolerance = 1e-4f;

    /// <summary>Checks an embedding and normalizes it to length 1. A vector of length 1 keeps its bits.</summary>
    /// <exception cref="ServiceException">The embedding has the wrong length, a component that is not finite, or only zeros.</exception>
    public static float[] Check(IReadOnlyList<float> values, int dimension, string field)
    {
        RequireDimension(values.Count, dimension, field);
        float[] vector = [.. values];
        return Normalize(vector, field) is { } fault ? throw fault : vector;
    }

    /// <summary>Checks the number of components.</summary>
    /// <exception cref="ServiceException">The number is not the dimension.</exception>
    public static void RequireDimension(int count, int dimension, string field)
    {
        if (count != dimension)
        {
            throw WrongDimension(count, dimension, field);
        }
    }

    /// <summary>Rejects an embedding of another dimension.</summary>
    public static ServiceException WrongDimension(int count, int dimension, string field) =>
        Fault.InvalidField(field, string.Create(CultureInfo.InvariantCulture, $"must have {dimension} numbers, not {count}"));

    /// <summary>Normalizes a vector in place to length 1. A vector of length 1 keeps its bits.</summary>
    /// <returns>The fault of a vector that has a component that is not finite, or only zeros; otherwise null.</returns>
    public static ServiceException? Normalize(Span<float> vector, string field)
    {
        // NaN and infinity are the largest magnitude of a vector that has one.
        float largest = Math.Abs(TensorPrimitives.MaxMagnitude<float>(vector));
        if (!float.IsFinite(largest))
        {
            return NotFinite(vector, field);
        }

        if (largest == 0)
        {
            return Fault.InvalidField(field, "must not be all zero");
        }

        // Scaled by the largest component first, so that the squares neither overflow nor underflow.
        float norm = TensorPrimitives.Norm<float>(vector);
        if (!float.IsFinite(norm) || norm < UnitTolerance)
        {
            TensorPrimitives.Divide(vector, largest, vector);
            norm = TensorPrimitives.Norm<float>(vector);
        }

        if (Math.Abs(norm - 1) > UnitTolerance)
        {
            TensorPrimitives.Divide(vector, norm, vector);
        }

        return null;
    }

    private static ServiceException NotFinite(ReadOnlySpan<float> vector, string field)
    {
        int index = 0;
        while (float.IsFinite(vector[index]))
        {
            index++;
        }

        return Fault.InvalidField(string.Create(CultureInfo.InvariantCulture, $"{field}[{index}]"), "must be a finite number");
    }
}
