using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace TopicGrpc.Cli.Input;

/// <summary>Cuts a stream into lines without ever holding more than one: a line may end in LF or CR LF, the last one in neither.</summary>
internal static class LineReader
{
    /// <summary>A line longer than this is not a document but a file of another kind.</summary>
    public const int MaxLineBytes = 16 << 20;

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <summary>The lines of a file. A line's bytes are valid until the next one is asked for.</summary>
    /// <param name="path">For messages.</param>
    /// <param name="stream">Closed at the end.</param>
    /// <param name="cancellationToken">Stops between lines.</param>
    /// <exception cref="InputException">A line is over <see cref="MaxLineBytes"/>, or the file is not what its name says.</exception>
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
