using System.Numerics.Tensors;
using TopicGrpc.Engine.Neighbors;
using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Parity.Layout;

/// <summary>Conversion of recorded arrays to types of the engine.</summary>
internal static class RecordedRows
{
    /// <summary>
    /// Reads the embeddings; half precision is widened and scaled to unit length, as the README of the recording requires.
    /// </summary>
    public static Matrix Embeddings(GoldenFolder golden)
    {
        NpyArray array = golden.Read("embeddings");
        Matrix rows = Of(array);
        if (array.Type == "f2")
        {
            for (int row = 0; row < rows.Rows; row++)
            {
                TensorPrimitives.Divide(rows.Row(row), TensorPrimitives.Norm<float>(rows.Row(row)), rows.Row(row));
            }
        }

        return rows;
    }

    public static Matrix Of(NpyArray array) => new(array.Rows, array.Columns, array.ToSingles());

    public static NeighborTable Neighbors(GoldenFolder golden)
    {
        NpyArray indices = golden.Read("knn/indices");
        return new NeighborTable(indices.Rows, indices.Columns, indices.ToIntegers(), golden.Read("knn/distances").ToSingles());
    }
}
