using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace TopicGrpc.Engine.Topics;

/// <summary>Uids of new topics. The same words and documents give the same uid in every process.</summary>
internal static class TopicUid
{
    private const char Prefix = 't';
    private const int Digits = 12;
    private const int DigitBits = 5;
    private const int ShortBytes = 256;

    /// <summary>Base32 digits of RFC 4648, in lower case.</summary>
    private const string Alphabet = "abcdefghijklmnopqrstuvwxyz234567";

    private static readonly SearchValues<char> AllowedDigits = SearchValues.Create(Alphabet);

    /// <summary>Creates a uid from the first 60 bits of the SHA-256 of words and document ids.</summary>
    /// <param name="words">Words of the topic.</param>
    /// <param name="documents">Ids of the topic's documents.</param>
    /// <param name="attempt">0; higher if the uid is taken.</param>
    public static string Create(IReadOnlyList<TopicWord> words, IEnumerable<string> documents, int attempt)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(hash, attempt);
        Append(hash, words.Count);
        foreach (TopicWord word in words)
        {
            Append(hash, word.Term);
        }

        foreach (string document in documents)
        {
            Append(hash, document);
        }

        ulong bits = BinaryPrimitives.ReadUInt64BigEndian(hash.GetHashAndReset());
        return string.Create(1 + Digits, bits, static (characters, rest) =>
        {
            characters[0] = Prefix;
            for (int i = 1; i < characters.Length; i++)
            {
                characters[i] = Alphabet[(int)(rest >> (64 - DigitBits))];
                rest <<= DigitBits;
            }
        });
    }

    public static bool IsValid(string uid) =>
        uid.Length == 1 + Digits && uid[0] == Prefix && !uid.AsSpan(1).ContainsAnyExcept(AllowedDigits);

    private static void Append(IncrementalHash hash, string text)
    {
        int length = Encoding.UTF8.GetByteCount(text);
        Span<byte> bytes = length <= ShortBytes ? stackalloc byte[length] : new byte[length];
        Encoding.UTF8.GetBytes(text, bytes);

        // Without the length, "ab", "c" and "a", "bc" would have one hash.
        Append(hash, length);
        hash.AppendData(bytes);
    }

    private static void Append(IncrementalHash hash, int number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, number);
        hash.AppendData(bytes);
    }
}
