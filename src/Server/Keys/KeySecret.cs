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
    private const string Prefix = "tg_";
    private const string IdAlphabet = "abcdefghijklmnopqrstuvwxyz234567";
    private const int IdLength = 10;
    private const int RandomBytes = 32;
    private const int RandomLength = 43;
    private const int Length = 3 + IdLength + 1 + RandomLength;

    /// <summary>Returns a new id of a key.</summary>
    public static string NewId() => RandomNumberGenerator.GetString(IdAlphabet, IdLength);

    /// <summary>Returns a new secret of a key.</summary>
    public static string New(string id) => $"{Prefix}{id}_{Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(RandomBytes))}";

    /// <summary>Returns the hash that is stored.</summary>
    public static byte[] Hash(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));

    /// <summary>Returns whether a text has the form of a secret, and the id in it.</summary>
    public static bool TryGetId(string text, out string id)
    {
        bool isSecret = text.Length == Length && text.StartsWith(Prefix, StringComparison.Ordinal) && text[Prefix.Length + IdLength] == '_';
        id = isSecret ? text.Substring(Prefix.Length, IdLength) : string.Empty;
        return isSecret;
    }

    /// <summary>Compares two hashes in a time that does not depend on where they differ.</summary>
    public static bool Equals(ReadOnlySpan<byte> one, ReadOnlySpan<byte> other) => CryptographicOperations.FixedTimeEquals(one, other);
}
