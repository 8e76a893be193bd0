using System.Numerics.Tensors;
using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Parity.Topics;

/// <summary>Reader of recorded document vectors; half precision is widened and scaled to unit length.</summary>
internal static class GoldenVectors
{
    public static Matrix Read(GoldenFolder golden, string name)
    {
        NpyArray array = golden.Read(name);
        Matrix matrix = new(array.Rows, array.Columns, array.ToSingles());
        if (array.Type == "f2")
        {
            for (int row = 0; row < matrix.Rows; row++)
            {
                TensorPrimitives.Divide(matrix.Row(row), TensorPrimitives.Norm<float>(matrix.Row(row)), matrix.Row(row));
            }
        }

        return matrix;
    }
}
