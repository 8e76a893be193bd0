using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace TopicGrpc.Engine.Topics.Recognition;

/// <summary>
/// The first 96 bits of the SHA-256 of a text. Runs of white space count as one space and those at both ends do not count, because
/// encoders ignore them; upper and lower case differ. Among 10 million texts, two different ones share a fingerprint with a probability
/// of 10⁻¹⁵.
/// </summary>
/// <param name="High">First 64 bits.</param>
/// <param name="Low">Next 32 bits.</param>
public readonly record struct TextFingerprint(ulong High, uint Low) : IComparable<TextFingerprint>
{
    /// <summary>Computes the fingerprint of a text.</summary>
    /// <param name="text">The text, of any length.</param>
    /// <returns>The fingerprint.</returns>
    public static TextFingerprint Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        char[] characters = ArrayPool<char>.Shared.Rent(text.Length);
        byte[] bytes = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(text.Length));
        try
        {
            int length = Normalize(text, characters);
            int encoded = Encoding.UTF8.GetBytes(characters.AsSpan(0, length), bytes);
            Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
            SHA256.HashData(bytes.AsSpan(0, encoded), hash);
            return new TextFingerprint(BinaryPrimitives.ReadUInt64BigEndian(hash), BinaryPrimitives.ReadUInt32BigEndian(hash[8..]));
        }
        finally
        {
            ArrayPool<char>.Shared.Return(characters);
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    /// <inheritdoc/>
    public int CompareTo(TextFingerprint other) => High == other.High ? Low.CompareTo(other.Low) : High.CompareTo(other.High);

    /// <summary>Compares two fingerprints.</summary>
    public static bool operator <(TextFingerprint left, TextFingerprint right) => left.CompareTo(right) < 0;

    /// <summary>Compares two fingerprints.</summary>
    public static bool operator <=(TextFingerprint left, TextFingerprint right) => left.CompareTo(right) <= 0;

    /// <summary>Compares two fingerprints.</summary>
    public static bool operator >(TextFingerprint left, TextFingerprint right) => left.CompareTo(right) > 0;

    /// <summary>Compares two fingerprints.</summary>
    public static bool operator >=(TextFingerprint left, TextFingerprint right) => left.CompareTo(right) >= 0;

    private static int Normalize(string text, Span<char> target)
    {
        int length = 0;
        bool isGap = false;
        foreach (char character in text)
        {
            if (char.IsWhiteSpace(character))
            {
                isGap = length > 0;
                continue;
            }

            if (isGap)
            {
                target[length++] = ' ';
                isGap = false;
            }

            target[length++] = character;
        }

        return length;
    }
}
