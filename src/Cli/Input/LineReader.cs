using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Text;

namespace TopicGrpc.Cli.Input;

/// <summary>
/// Splits a stream into lines, one in memory at a time. A line ends in LF, CR LF or CR as in Python's universal newlines, the last
/// one optionally in nothing.
/// </summary>
internal static class LineReader
{
    /// <summary>Maximum size of a line. A longer one indicates a file of another format.</summary>
    public const int MaxLineBytes = 16 << 20;

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <summary>Reads the lines of a stream. The bytes of a line are valid until the next line is read.</summary>
    /// <param name="path">Path of the file, for messages.</param>
    /// <param name="stream">Stream to read; closed at the end.</param>
    /// <param name="cancellationToken">Cancels between reads.</param>
    /// <exception cref="InputException">
    /// A line exceeds <see cref="MaxLineBytes"/>, or the bytes cannot be decompressed or decoded.
    /// </exception>
    public static async IAsyncEnumerable<TextLine> ReadAsync(
        string path,
        Stream stream,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var pipe = PipeReader.Create(stream, new StreamPipeReaderOptions(bufferSize: 1 << 16));
        long number = 1;
        try
        {
            while (true)
            {
                ReadResult read = await FillAsync(pipe, path, number, cancellationToken);
                ReadOnlySequence<byte> rest = read.Buffer;
                while (TryTakeLine(ref rest, read.IsCompleted, out ReadOnlySequence<byte> line))
                {
                    yield return new TextLine(number, Trimmed(line, number));
                    number++;
                }

                if (read.IsCompleted)
                {
                    if (!rest.IsEmpty)
                    {
                        yield return new TextLine(number, Trimmed(rest, number));
                    }

                    yield break;
                }

                if (rest.Length > MaxLineBytes)
                {
                    throw new InputException(path, number, $"longer than {MaxLineBytes >> 20} MiB");
                }

                pipe.AdvanceTo(rest.Start, rest.End);
            }
        }
        finally
        {
            await pipe.CompleteAsync();
        }
    }

    private static async ValueTask<ReadResult> FillAsync(PipeReader pipe, string path, long number, CancellationToken cancellationToken)
    {
        try
        {
            return await pipe.ReadAsync(cancellationToken);
        }
        catch (InvalidDataException e)
        {
            throw new InputException(path, number, e.Message);
        }
        catch (DecoderFallbackException)
        {
            throw new InputException(path, number, "contains text that is not valid Unicode");
        }
        catch (IOException e)
        {
            throw new InputException(path, number, $"cannot be read ({e.Message})");
        }
    }

    /// <summary>Takes the first line and its end. A CR at the end of the bytes waits for the next ones: an LF would belong to it.</summary>
    private static bool TryTakeLine(ref ReadOnlySequence<byte> rest, bool isLast, out ReadOnlySequence<byte> line)
    {
        SequenceReader<byte> reader = new(rest);
        if (!reader.TryReadToAny(out line, "\r\n"u8, advancePastDelimiter: false))
        {
            return false;
        }

        reader.TryRead(out byte end);
        if (end == (byte)'\r')
        {
            if (reader.End && !isLast)
            {
                return false;
            }

            reader.IsNext((byte)'\n', advancePast: true);
        }

        rest = rest.Slice(reader.Position);
        return true;
    }

    private static ReadOnlySequence<byte> Trimmed(ReadOnlySequence<byte> line, long number)
    {
        if (number == 1 && StartsWithByteOrderMark(line))
        {
            line = line.Slice(ByteOrderMark.Length);
        }

        return line;
    }

    private static bool StartsWithByteOrderMark(ReadOnlySequence<byte> line)
    {
        SequenceReader<byte> reader = new(line);
        return reader.IsNext(ByteOrderMark);
    }
}
