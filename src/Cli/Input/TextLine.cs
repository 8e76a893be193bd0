using System.Buffers;
using System.Text;

namespace TopicGrpc.Cli.Input;

/// <summary>A line in the read buffer, valid until the next line is read.</summary>
/// <param name="Number">Line number, counted from 1.</param>
/// <param name="Bytes">Bytes without the line break.</param>
internal readonly record struct TextLine(long Number, ReadOnlySequence<byte> Bytes)
{
    /// <summary>Returns whether the line contains only blanks and tabs.</summary>
    public bool IsBlank()
    {
        foreach (ReadOnlyMemory<byte> part in Bytes)
        {
            if (part.Span.ContainsAnyExcept(" \t"u8))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Returns the bytes behind a byte order mark, if the line starts with one.</summary>
    public ReadOnlySequence<byte> WithoutMark()
    {
        SequenceReader<byte> reader = new(Bytes);
        return reader.IsNext([0xEF, 0xBB, 0xBF]) ? Bytes.Slice(3) : Bytes;
    }

    /// <summary>Returns the start of the line without white space, for comparison with short texts.</summary>
    public string Trimmed()
    {
        const int Most = 64;
        return Encoding.Latin1.GetString(Bytes.Slice(0, Math.Min(Bytes.Length, Most))).Trim();
    }
}
