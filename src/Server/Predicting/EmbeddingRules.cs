using System.Globalization;
using System.Numerics.Tensors;
using TopicGrpc.Server.Errors;

namespace TopicGrpc.Server.Predicting;

/// <summary>Rules for an embedding that a request gives instead of a text.</summary>
internal static class EmbeddingRules
{
    // Rounding alone changes the length of a single-precision unit vector by less than this.
    private const float UnitTolerance = 1e-4f;

    /// <summary>Checks an embedding and normalizes it to length 1. A vector of length 1 keeps its bits.</summary>
    /// <exception cref="ServiceException">The embedding has the wrong length, a component that is not finite, or only zeros.</exception>
    public static float[] Check(IReadOnlyList<float> values, int dimension, string field)
    {
        if (values.Count != dimension)
        {
            string rule = string.Create(CultureInfo.InvariantCulture, $"must have {dimension} numbers, not {values.Count}");
            throw Fault.InvalidField(field, rule);
        }

        float[] vector = [.. values];
        for (int index = 0; index < vector.Length; index++)
        {
            if (!float.IsFinite(vector[index]))
            {
                throw Fault.InvalidField(string.Create(CultureInfo.InvariantCulture, $"{field}[{index}]"), "must be a finite number");
            }
        }

        float largest = TensorPrimitives.MaxMagnitude<float>(vector);
        if (largest == 0)
        {
            throw Fault.InvalidField(field, "must not be all zero");
        }

        // Scaled by the largest component first, so that the squares neither overflow nor underflow.
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
