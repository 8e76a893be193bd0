using System.Text;

namespace TopicGrpc.Cli.Input;

/// <summary>Decodes a whole file: UTF-8, UTF-16 or UTF-32 with a byte order mark, otherwise Latin-1 as in old posts and mails.</summary>
internal static class FileText
{
    // Text has few control characters; one byte in ten of compressed data is one.
    private const int LeastBytesPerControl = 32;

    /// <summary>Returns the text, or null if the bytes are not text.</summary>
    public static string? Decode(ReadOnlySpan<byte> bytes)
    {
        try
        {
            if (WideText.EncodingOf(bytes) is { } wide)
            {
                return wide.GetString(bytes[wide.Preamble.Length..]);
            }

            if (bytes.Contains((byte)0) || bytes.StartsWith("%PDF-"u8))
            {
                return null;
            }

            ReadOnlySpan<byte> mark = Encoding.UTF8.Preamble;
            return StrictUtf8.Encoding.GetString(bytes.StartsWith(mark) ? bytes[mark.Length..] : bytes);
        }
        catch (DecoderFallbackException)
        {
            return Controls(bytes) * LeastBytesPerControl > bytes.Length ? null : Encoding.Latin1.GetString(bytes);
        }
    }

    private static int Controls(ReadOnlySpan<byte> bytes)
    {
        int count = 0;
        foreach (byte value in bytes)
        {
            count += value is < 0x20 and not (>= 0x08 and <= 0x0D or 0x1B) ? 1 : 0;
        }

        return count;
    }
}
