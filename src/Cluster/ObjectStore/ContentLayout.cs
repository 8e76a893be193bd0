namespace TopicGrpc.Cluster.ObjectStore;

/// <summary>Sizes of the pieces of a content.</summary>
internal static class ContentLayout
{
    /// <summary>Bytes of a block, the unit that has a hash of its own: 1 MiB.</summary>
    public const int BlockBytes = 1 << 20;

    /// <summary>Bytes of a part, the unit of transfer: 8 MiB. S3 requires at least 5 MiB.</summary>
    public const int PartBytes = 8 * BlockBytes;

    /// <summary>Longest content in bytes: 80 GiB. S3 allows 10,000 parts of an object.</summary>
    public const long MaxBytes = 10_000L * PartBytes;

    /// <summary>Returns the number of blocks of a content; an empty content has one empty block.</summary>
    public static int Blocks(long length) => (int)Math.Max(1, (length + BlockBytes - 1) / BlockBytes);

    /// <summary>Returns the number of parts of a content; an empty content has one empty part.</summary>
    public static int Parts(long length) => (int)Math.Max(1, (length + PartBytes - 1) / PartBytes);

    /// <summary>Returns the number of bytes of a part.</summary>
    public static int PartLength(long length, int index) => (int)Math.Min(PartBytes, length - ((long)index * PartBytes));
}
