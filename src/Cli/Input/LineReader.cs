using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace TopicGrpc.Cli.Input;

/// <summary>Splits a stream into lines, one in memory at a time. A line ends in LF or CR LF, the last one optionally in neither.</summary>
internal static class LineReader
{
    /// <summary>Maximum size of a line. A longer one indicates a file of another format.</summary>
    public const int MaxLineBytes = 16 << 20;

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <summary>Reads the lines of a stream. The bytes of a line are valid until the next line is read.</summary>
    /// <param name="path">Path of the file, for messages.</param>
    /// <param name="stream">Stream to read; closed at the end.</param>
    /// <param name="cancellationToken">Cancels between reads.</param>
    /// <exception cref="InputException">A line exceeds <see cref="MaxLineBytes"/>, or a .gz file is not valid gzip data.</exception>
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
                while (rest.PositionOf((byte)'\n') is SequencePosition end)
                {
                    yield return new TextLine(number, Trimmed(rest.Slice(0, end), number));
                    rest = rest.Slice(rest.GetPosition(1, end));
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
            throw new InputException(path, number, $"not valid gzip data ({e.Message})");
        }
    }

    private static ReadOnlySequence<byte> Trimmed(ReadOnlySequence<byte> line, long number)
    {
        if (number == 1 && StartsWithByteOrderMark(line))
        {
            line = line.Slice(ByteOrderMark.Length);
        }

        if (!line.IsEmpty && line.Slice(line.Length - 1).FirstSpan[0] == (byte)'\r')
        {
            line = line.Slice(0, line.Length - 1);
        }

        return line;
    }

    private static bool StartsWithByteOrderMark(ReadOnlySequence<byte> line)
    {
        SequenceReader<byte> reader = new(line);
        return reader.IsNext(ByteOrderMark);
    }
}
