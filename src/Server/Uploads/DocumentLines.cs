using System.Buffers;
using System.Collections.Frozen;
using System.IO.Pipelines;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using TopicGrpc.Server.Corpora;
using TopicGrpc.Server.Errors;
using TopicGrpc.Server.Http;
using TopicGrpc.Shared.Limits;
using TopicGrpc.V1;
using Document = TopicGrpc.V1.Document;

namespace TopicGrpc.Server.Uploads;

/// <summary>
/// The lines of an upload as the messages of an ingest stream: open, chunks, close. A chunk has the lines that have arrived, so a slow
/// sender is acknowledged as it sends. Memory is bounded by one chunk and one line.
/// </summary>
internal sealed class DocumentLines(PipeReader body, UploadStart start, IngestOptions options, int maxLineBytes)
    : UploadMessages(start)
{
    private bool _isAtEnd;
    private long _lines;

    /// <inheritdoc/>
    protected override async Task FillAsync(IngestDocumentsRequest.Types.Chunk chunk, CancellationToken cancellationToken)
    {
        long room = options.MaxChunkBytes - chunk.CalculateSize();
        while (chunk.Documents.Count == 0 && !_isAtEnd && Failure is null)
        {
            ReadResult result = await ReadAsync(cancellationToken);
            ReadOnlySequence<byte> buffer = result.Buffer;
            while (chunk.Documents.Count < options.MaxChunkDocuments
                && TryTakeLine(ref buffer, result.IsCompleted, out ReadOnlySequence<byte> line))
            {
                if (Parse(line) is not { } document)
                {
                    if (Failure is not null)
                    {
                        break;
                    }

                    continue;
                }

                int size = document.CalculateSize() + 8;
                room -= size;
                if (room < 0 && chunk.Documents.Count > 0)
                {
                    // The next chunk starts with this line.
                    _lines--;
                    buffer = result.Buffer.Slice(line.Start);
                    break;
                }

                chunk.Documents.Add(document);
            }

            _isAtEnd = result.IsCompleted && buffer.IsEmpty;
            bool isLineTooLong = Failure is null && chunk.Documents.Count == 0 && buffer.Length > maxLineBytes;
            if (isLineTooLong)
            {
                Failure = Fault.InputTooLarge(LineName(_lines + 1), "bytes", maxLineBytes, buffer.Length);
            }

            // Without a document nothing complete is left, so the next read must wait for more.
            body.AdvanceTo(buffer.Start, chunk.Documents.Count == 0 ? buffer.End : buffer.Start);
        }
    }

    private async Task<ReadResult> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await body.ReadAsync(cancellationToken);
        }
        catch (InvalidDataException)
        {
            throw Fault.InvalidField("body", "must be gzip, as Content-Encoding says");
        }
    }

    private static bool TryTakeLine(ref ReadOnlySequence<byte> buffer, bool isLast, out ReadOnlySequence<byte> line)
    {
        if (buffer.PositionOf((byte)'\n') is { } end)
        {
            line = buffer.Slice(0, end);
            buffer = buffer.Slice(buffer.GetPosition(1, end));
            return true;
        }

        line = buffer;
        if (!isLast || buffer.IsEmpty)
        {
            return false;
        }

        buffer = buffer.Slice(buffer.End);
        return true;
    }

    /// <summary>Parses a line.</summary>
    /// <returns>Null for an empty line, and for a wrong line, which sets the failure.</returns>
    private Document? Parse(ReadOnlySequence<byte> line)
    {
        _lines++;
        if (line.Length > maxLineBytes)
        {
            Failure = Fault.InputTooLarge(LineName(_lines), "bytes", maxLineBytes, line.Length);
            return null;
        }

        byte[] bytes = line.ToArray();
        if (bytes.AsSpan().IndexOfAnyExcept(" \t\r"u8) < 0)
        {
            return null;
        }

        try
        {
            JsonBodyCheck.Check(bytes, Document.Descriptor, "the line", FrozenDictionary<string, FieldDescriptor>.Empty);
            return JsonParser.Default.Parse<Document>(System.Text.Encoding.UTF8.GetString(bytes));
        }
        catch (ServiceException wrong)
        {
            ViolationList violations = new();
            foreach (Violation violation in wrong.Violations)
            {
                violations.Add(violation with { Field = $"{LineName(_lines)}.{violation.Field}" });
            }

            Failure = Fault.InvalidFields(violations);
        }
        catch (InvalidProtocolBufferException)
        {
            Failure = Fault.InvalidField(LineName(_lines), "must be a Document as JSON");
        }

        return null;
    }

    private static string LineName(long number) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"lines[{number}]");
}
