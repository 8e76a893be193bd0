using System.Globalization;
using System.Numerics.Tensors;
using Google.Protobuf.Collections;
using TopicGrpc.Server.Errors;

namespace TopicGrpc.Server.Predicting;

/// <summary>What an embedding given in place of a text has to keep to.</summary>
internal static class EmbeddingRules
{
    // Rounding alone never takes a unit vector of single precision this far from length 1.
    private const float UnitTolerance = 1e-4f;

    /// <summary>Checks the numbers and gives them length 1; those that have it already stay as they are, bit for bit.</summary>
    /// <exception cref="ServiceException">Wrong in number, not finite, or all zero.</exception>
    public static float[] Check(RepeatedField<float> values, int dimension, string field)
    {
        if (values.Count != dimension)
        {
            throw Fault.InvalidField(field, string.Create(CultureInfo.InvariantCulture, $"must hold {dimension} numbers, {values.Count} given"));
        }

        float[] vector = [.. values];
        for (int index = 0; index < vector.Length; index++)
        {
            if (!float.IsFinite(vector[index]))
            {
                throw Fault.InvalidField(string.Create(CultureInfo.InvariantCulture, $"{field}[{index}]"), "must be a finite number");
            }
        }

        // The largest component first, so that squares neither overflow nor vanish.
        float largest = TensorPrimitives.MaxMagnitude<float>(vector);
        if (largest == 0)
        {
            throw Fault.InvalidField(field, "must not be all zero");
        }

        largest = Math.Abs(largest);
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

        return vector;
    }
}
