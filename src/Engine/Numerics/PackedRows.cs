namespace TopicGrpc.Engine.Numerics;

/// <summary>Rows rearranged into panels of a few rows with the dimension outermost, as <see cref="TileProduct"/> reads them.</summary>
internal static class PackedRows
{
    /// <summary>Packs <paramref name="count"/> rows from <paramref name="first"/> on; missing rows are zeros.</summary>
    /// <param name="rows">Source.</param>
    /// <param name="scales">A factor for each row.</param>
    /// <param name="first">First row.</param>
    /// <param name="count">Rows of the panel.</param>
    /// <param name="panel">Gets <paramref name="count"/> × columns values.</param>
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
