using System.Numerics.Tensors;
using TopicGrpc.Engine.Neighbors;
using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Parity.Layout;

/// <summary>Recorded arrays in the engine's own types.</summary>
internal static class RecordedRows
{
    /// <summary>The embeddings; half-precision ones are widened and scaled to unit length, as the recording's README asks.</summary>
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
