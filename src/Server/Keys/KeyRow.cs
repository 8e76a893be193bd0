using TopicGrpc.V1;

namespace TopicGrpc.Server.Keys;

/// <summary>A stored key.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Created">When it was created.</param>
/// <param name="SecretHash">Hash of its secret.</param>
/// <param name="Settings">Name, role, patterns, quota and expiry, as the contract has them; no other field is set.</param>
internal sealed record KeyRow(string Id, DateTimeOffset Created, byte[] SecretHash, ApiKey Settings)
{
    /// <summary>Hash of the secret before the last rotation; null: none.</summary>
    public byte[]? PreviousHash { get; init; }

    /// <summary>Until when the secret before the last rotation is valid; null: there is none.</summary>
    public DateTimeOffset? PreviousUntil { get; init; }

    /// <summary>When it was revoked; null: it is not.</summary>
    public DateTimeOffset? Revoked { get; init; }

    /// <summary>Last use; null: none.</summary>
    public DateTimeOffset? LastUsed { get; init; }

    /// <summary>When it ends; null: never.</summary>
    public DateTimeOffset? Expires => Settings.ExpireTime?.ToDateTimeOffset();

    /// <summary>Returns whether the key is neither revoked nor expired.</summary>
    public bool IsUsable(DateTimeOffset now) => Revoked is null && !(Expires <= now);

    /// <summary>Compares everything but <see cref="LastUsed"/>.</summary>
    public bool HasSameEffect(KeyRow other) =>
        Revoked == other.Revoked
        && PreviousUntil == other.PreviousUntil
        && SecretHash.AsSpan().SequenceEqual(other.SecretHash)
        && PreviousHash.AsSpan().SequenceEqual(other.PreviousHash)
        && Settings.Equals(other.Settings);

    /// <summary>Returns whether a secret is the key's at a time.</summary>
    public bool Accepts(ReadOnlySpan<byte> hash, DateTimeOffset now)
    {
        bool isCurrent = KeySecret.Equals(hash, SecretHash);
        bool isPrevious = PreviousHash is { } previous && KeySecret.Equals(hash, previous) && now < PreviousUntil;
        return IsUsable(now) && (isCurrent || isPrevious);
    }
}
