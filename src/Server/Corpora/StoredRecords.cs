namespace TopicGrpc.Server.Corpora;

/// <summary>Records outside the database.</summary>
/// <param name="Key">Where they are.</param>
/// <param name="Length">Their length in bytes.</param>
/// <param name="Sha256">Their SHA-256, 32 bytes.</param>
/// <param name="Blocks">SHA-256 of each block, 32 bytes each.</param>
internal sealed record StoredRecords(string Key, long Length, byte[] Sha256, byte[] Blocks)
{
    /// <summary>Of an entry without records, such as an erasure.</summary>
    public static StoredRecords None { get; } = new(string.Empty, 0, [], []);

    /// <summary>Whether there are no records.</summary>
    public bool IsNone => Key.Length == 0;
}
