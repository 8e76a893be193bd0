using TopicGrpc.Tables.Values;

namespace TopicGrpc.Tables.ArrowStreams;

/// <summary>
/// Checks the description of a message (format/Message.fbs, format/Schema.fbs) before the reader gets it. The references of a hostile
/// schema can form a cycle, which would exhaust the stack of a reader that follows them.
/// </summary>
internal static class MessageCheck
{
    private const int HeaderType = 1;
    private const int Header = 2;
    private const int BodyLength = 3;
    private const int SchemaHeader = 1;
    private const int SchemaFields = 1;
    private const int FieldChildren = 5;
    private const int MaxDepth = 32;

    /// <summary>Returns the length of the body.</summary>
    /// <exception cref="TableException">The message is damaged, or exceeds a limit.</exception>
    public static long Check(ReadOnlySpan<byte> message, TableLimits limits)
    {
        try
        {
            var root = FlatTable.Root(message);
            if (root.Byte(HeaderType) == SchemaHeader && root.TryTable(Header, out FlatTable schema))
            {
                int left = limits.Columns;
                CheckFields(schema, SchemaFields, 0, ref left, limits);
            }

            long length = root.Long(BodyLength);
            long most = Math.Min(limits.BufferBytes, int.MaxValue);
            return length >= 0 && length <= most
                ? length
                : throw new TableException(
                    FormattableString.Invariant($"a record batch has {length:N0} bytes; at most {most:N0} are allowed. ")
                    + "Write the file again with smaller record batches");
        }
        catch (Exception e) when (e is ArgumentOutOfRangeException or OverflowException or IndexOutOfRangeException)
        {
            throw new TableException("damaged Arrow data: a message cannot be read", e);
        }
    }

    private static void CheckFields(FlatTable parent, int vector, int depth, ref int left, TableLimits limits)
    {
        int count = parent.Count(vector);
        if (depth > MaxDepth)
        {
            throw new TableException("the schema is nested too deeply");
        }

        if (count > left)
        {
            throw new TableException(FormattableString.Invariant($"the table has more than {limits.Columns:N0} columns"));
        }

        left -= count;
        for (int i = 0; i < count; i++)
        {
            CheckFields(parent.Item(vector, i), FieldChildren, depth + 1, ref left, limits);
        }
    }
}
