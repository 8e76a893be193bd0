namespace TopicGrpc.Tables.Values;

/// <summary>Counts the buffers of one reading against <see cref="TableLimits.BufferBytes"/>.</summary>
internal sealed class BufferBudget(long most)
{
    private long _used;

    /// <summary>Counts a buffer before it is allocated.</summary>
    /// <exception cref="TableException">The buffers together would exceed the bound.</exception>
    public void Take(long bytes, string what)
    {
        if (bytes < 0 || bytes > most - _used)
        {
            throw new TableException(FormattableString.Invariant(
                $"{what} needs {bytes:N0} bytes of memory; all buffers together may have {most:N0}. ")
                + "Write the file again with smaller pages or record batches");
        }

        _used += bytes;
    }

    public void Return(long bytes) => _used -= bytes;
}
