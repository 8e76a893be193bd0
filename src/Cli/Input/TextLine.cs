using System.Buffers;

namespace TopicGrpc.Cli.Input;

/// <summary>A line as it lies in the read buffer: valid until the next one is asked for.</summary>
/// <param name="Number">Counted from 1.</param>
/// <param name="Bytes">Without its line end.</param>
internal readonly record struct TextLine(long Number, ReadOnlySequence<byte> Bytes)
{
    /// <summary>Whether it holds nothing but blanks and tabs.</summary>
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
}
