namespace TopicGrpc.Server.Access;

/// <summary>
/// Reads pages of a list of which the caller sees a part. A page token then never names a row that the caller does not see.
/// </summary>
internal static class VisibleRows
{
    /// <summary>Reads rows until enough are visible.</summary>
    /// <typeparam name="TKey">Key that orders the list.</typeparam>
    /// <typeparam name="TRow">A row.</typeparam>
    /// <param name="after">Key of the last row of the previous page.</param>
    /// <param name="count">Rows to return; fewer only at the end of the list.</param>
    /// <param name="read">Reads a number of rows after a key.</param>
    /// <param name="keyOf">Key of a row.</param>
    /// <param name="isVisible">Whether the caller sees a row.</param>
    public static List<TRow> Read<TKey, TRow>(
        TKey after,
        int count,
        Func<TKey, int, IReadOnlyList<TRow>> read,
        Func<TRow, TKey> keyOf,
        Func<TRow, bool> isVisible)
    {
        List<TRow> visible = [];
        while (true)
        {
            IReadOnlyList<TRow> rows = read(after, count);
            foreach (TRow row in rows)
            {
                if (isVisible(row))
                {
                    visible.Add(row);
                    if (visible.Count == count)
                    {
                        return visible;
                    }
                }
            }

            if (rows.Count < count)
            {
                return visible;
            }

            after = keyOf(rows[^1]);
        }
    }
}
