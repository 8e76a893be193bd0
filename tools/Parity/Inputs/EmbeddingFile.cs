using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Parity.Inputs;

/// <summary>
/// Reader of the vectors of a corpus in a <c>.npy</c> file. Half precision is widened; every row is scaled to unit length.
/// </summary>
internal static class EmbeddingFile
{
    public static Matrix Read(string path)
    {
        var array = NpyArray.Read(path);
        Matrix rows = new(array.Rows, array.Columns, array.ToSingles());
        for (int row = 0; row < rows.Rows; row++)
        {
            Span<float> values = rows.Row(row);
            double squares = 0;
            foreach (float value in values)
            {
                squares += (double)value * value;
            }

            double scale = squares > 0 ? 1.0 / Math.Sqrt(squares) : 0;
            for (int k = 0; k < values.Length; k++)
            {
                values[k] = (float)(values[k] * scale);
            }
        }

        return rows;
    }
}
