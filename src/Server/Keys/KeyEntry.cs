using TopicGrpc.Server.Access;

namespace TopicGrpc.Server.Keys;

/// <summary>A key in memory, with the caller that each of its secrets authenticates.</summary>
internal sealed class KeyEntry
{
    private long _lastUsed;
    private long _savedUse;

    /// <summary>Creates an entry.</summary>
    /// <param name="row">The stored key.</param>
    /// <param name="isAccepted">Reports whether the hash of a secret is still one of the key with an id.</param>
    public KeyEntry(KeyRow row, Func<string, byte[], bool> isAccepted)
    {
        Row = row;
        _lastUsed = row.LastUsed?.UtcTicks ?? 0;
        _savedUse = _lastUsed;
        Current = CallerOf(row, row.SecretHash, row.Expires, isAccepted);
        if (row.PreviousHash is { } previous)
        {
            DateTimeOffset? end = row.Expires < row.PreviousUntil ? row.Expires : row.PreviousUntil;
            Previous = CallerOf(row, previous, end, isAccepted);
        }
    }

    public KeyRow Row { get; }

    private Caller Current { get; }

    private Caller? Previous { get; }

    /// <summary>Last use; null: none.</summary>
    public DateTimeOffset? LastUsed =>
        Interlocked.Read(ref _lastUsed) is > 0 and var ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;

    /// <summary>Whether <see cref="LastUsed"/> is not stored yet.</summary>
    public bool IsUseUnsaved => Interlocked.Read(ref _lastUsed) != Interlocked.Read(ref _savedUse);

    /// <summary>Returns the caller of a secret and notes the use; null: the secret is not valid now.</summary>
    public Caller? TryUse(ReadOnlySpan<byte> hash, DateTimeOffset now)
    {
        if (!Row.Accepts(hash, now))
        {
            return null;
        }

        Interlocked.Exchange(ref _lastUsed, now.UtcTicks);
        return KeySecret.Equals(hash, Row.SecretHash) ? Current : Previous;
    }

    /// <summary>Notes that a use is stored.</summary>
    public void UseSaved(DateTimeOffset time) => Interlocked.Exchange(ref _savedUse, time.UtcTicks);

    private static Caller CallerOf(KeyRow row, byte[] hash, DateTimeOffset? end, Func<string, byte[], bool> isAccepted) =>
        new(Shared.ResourceNames.Key(row.Id), KeyMapping.GrantOf(row.Settings), KeyMapping.QuotaOf(row.Settings.Quota))
        {
            ValidUntil = end,
            IsRevoked = () => !isAccepted(row.Id, hash),
        };
}
