using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace TopicGrpc.Server.Keys;

/// <summary>
/// The secret of a key, <c>tg_ID_RANDOM</c>: the id finds the key, and 32 random bytes prove it. A hash without salt and repetition is
/// enough for random bytes of this length.
/// </summary>
internal static class KeySecret
{
    /// <summary>Bytes of a hash.</summary>
    public const int HashBytes = SHA256.HashSizeInBytes;

    private const string Prefix = "tg_";
    private const string IdAlphabet = "abcdefghijklmnopqrstuvwxyz234567";
    private const int IdLength = 10;
    private const int RandomBytes = 32;
    private const int RandomLength = 43;
    private const int Length = 3 + IdLength + 1 + RandomLength;
    private const int MaxCharacterBytes = 3;

    /// <summary>Returns a new id of a key.</summary>
    public static string NewId() => RandomNumberGenerator.GetString(IdAlphabet, IdLength);

    /// <summary>Returns a new secret of a key.</summary>
    public static string New(string id) => $"{Prefix}{id}_{Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(RandomBytes))}";

    /// <summary>Returns the hash that is stored.</summary>
    public static byte[] Hash(string secret)
    {
        byte[] hash = new byte[HashBytes];
        Hash(secret, hash);
        return hash;
    }

    /// <summary>Computes the hash of a text with the length of a secret, without an allocation: every call computes it.</summary>
    /// <param name="secret">The text.</param>
    /// <param name="hash">Receives <see cref="HashBytes"/> bytes.</param>
    public static void Hash(ReadOnlySpan<char> secret, Span<byte> hash)
    {
        Span<byte> bytes = stackalloc byte[Length * MaxCharacterBytes];
        int count = Encoding.UTF8.GetBytes(secret, bytes);
        SHA256.HashData(bytes[..count], hash);
    }

    /// <summary>Returns whether a text has the form of a secret, and the id in it.</summary>
    public static bool TryGetId(ReadOnlySpan<char> text, out ReadOnlySpan<char> id)
    {
        bool isSecret = text.Length == Length && text.StartsWith(Prefix, StringComparison.Ordinal) && text[Prefix.Length + IdLength] == '_';
        id = isSecret ? text.Slice(Prefix.Length, IdLength) : default;
        return isSecret;
    }

    /// <summary>Compares two hashes in a time that does not depend on where they differ.</summary>
    public static bool Equals(ReadOnlySpan<byte> one, ReadOnlySpan<byte> other) => CryptographicOperations.FixedTimeEquals(one, other);
}
