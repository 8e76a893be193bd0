namespace TopicGrpc.Engine.Numerics;

/// <summary>Packing of rows into panels with the dimension outermost, the layout that <see cref="TileProduct"/> reads.</summary>
internal static class PackedRows
{
    /// <summary>Packs <paramref name="count"/> rows, starting at <paramref name="first"/>; rows past the end are zeros.</summary>
    /// <param name="rows">Source, n × d.</param>
    /// <param name="scales">Scale factor of each row, n values.</param>
    /// <param name="first">First row.</param>
    /// <param name="count">Number of rows of the panel.</param>
    /// <param name="panel">Receives d × <paramref name="count"/> values.</param>
    public static void Pack(Matrix rows, ReadOnlySpan<float> scales, int first, int count, Span<float> panel)
    {
        panel.Clear();
        int present = Math.Min(count, rows.Rows - first);
        for (int row = 0; row < present; row++)
        {
            ReadOnlySpan<float> source = rows.Row(first + row);
            float scale = scales[first + row];
            for (int k = 0; k < source.Length; k++)
            {
                panel[(k * count) + row] = source[k] * scale;
            }
        }
    }
}
