using System.Buffers;

namespace TopicGrpc.Cluster.ObjectStore;

/// <summary>Rules of keys: they are valid as S3 keys and as relative paths on every file system.</summary>
internal static class ObjectKeys
{
    private const int MaxLength = 200;

    private static readonly SearchValues<char> Allowed = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-/");

    /// <summary>Returns a key that keeps the rules.</summary>
    /// <param name="key">Segments of <c>a-z</c>, <c>0-9</c> and <c>-</c>, joined by <c>/</c>; at most 200 characters.</param>
    /// <returns>The key.</returns>
    /// <exception cref="ArgumentException">The key breaks a rule.</exception>
    public static string Check(string key)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        bool isValid = key.Length <= MaxLength
            && !key.AsSpan().ContainsAnyExcept(Allowed)
            && key[0] != '/'
            && key[^1] != '/'
            && !key.Contains("//", StringComparison.Ordinal);
        return isValid
            ? key
            : throw new ArgumentException(
                $"'{key}' is not a key: use 1 to {MaxLength} characters a-z, 0-9, - in segments joined by /.", nameof(key));
    }
}
