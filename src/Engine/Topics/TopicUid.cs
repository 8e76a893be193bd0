using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace TopicGrpc.Engine.Topics;

/// <summary>Uids of topics that are new: the same topic gets the same one in every process.</summary>
internal static class TopicUid
{
    private const char Prefix = 't';
    private const int Digits = 12;
    private const int DigitBits = 5;

    /// <summary>Digits of base 32 as in RFC 4648, in lower case.</summary>
    private const string Alphabet = "abcdefghijklmnopqrstuvwxyz234567";

    private static readonly SearchValues<char> AllowedDigits = SearchValues.Create(Alphabet);

    /// <summary>Hashes what a topic consists of: SHA-256, of which the first 60 bits are kept.</summary>
    /// <param name="words">Its words.</param>
    /// <param name="documents">Ids of its documents.</param>
    /// <param name="attempt">0; more where the uid is taken.</param>
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
        // The length keeps "ab", "c" and "a", "bc" apart.
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        Append(hash, bytes.Length);
        hash.AppendData(bytes);
    }

    private static void Append(IncrementalHash hash, int number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, number);
        hash.AppendData(bytes);
    }
}
