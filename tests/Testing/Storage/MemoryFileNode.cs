namespace TopicGrpc.Testing.Storage;

/// <summary>A file: the content that programs see, and the content that a power failure leaves.</summary>
internal sealed class MemoryFileNode : MemoryNode
{
    private const int Sector = 512;

    // Sectors that the next flush writes. A failed flush forgets them, as Linux does.
    private readonly HashSet<int> _dirty = [];
    private byte[] _durable = [];

    public byte[] Current { get; private set; } = [];

    public void Write(ReadOnlySpan<byte> bytes, long offset)
    {
        byte[] content = Current;
        Array.Resize(ref content, (int)Math.Max(content.Length, offset + bytes.Length));
        bytes.CopyTo(content.AsSpan((int)offset));
        Current = content;
        for (int sector = (int)(offset / Sector); sector * Sector < offset + bytes.Length; sector++)
        {
            _dirty.Add(sector);
        }
    }

    public void SetLength(long length)
    {
        byte[] content = Current;
        Array.Resize(ref content, (int)length);
        Current = content;
    }

    public void Flush()
    {
        _durable = Mixed(_dirty.Contains, Current.Length);
        _dirty.Clear();
    }

    public void FailFlush()
    {
        _durable = Mixed(static _ => false, Current.Length);
        _dirty.Clear();
    }

    /// <inheritdoc/>
    public override void Crash(CrashKind kind, Random random)
    {
        _durable = kind switch
        {
            CrashKind.Keep => Current,
            CrashKind.Tear => Mixed(
                sector => _dirty.Contains(sector) && random.Next(2) == 0,
                random.Next(Math.Min(_durable.Length, Current.Length), Math.Max(_durable.Length, Current.Length) + 1)),
            _ => _durable,
        };
        Current = [.. _durable];
        _dirty.Clear();
    }

    private byte[] Mixed(Func<int, bool> isNew, int length)
    {
        byte[] content = _durable;
        Array.Resize(ref content, length);
        for (int sector = 0; sector * Sector < Math.Min(length, Current.Length); sector++)
        {
            if (isNew(sector))
            {
                int start = sector * Sector;
                Current.AsSpan(start, Math.Min(Sector, Math.Min(length, Current.Length) - start)).CopyTo(content.AsSpan(start));
            }
        }

        return content;
    }
}
