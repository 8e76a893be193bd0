using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using nietras.SeparatedValues;

namespace TopicGrpc.Cli.Input;

/// <summary>Reads comma- or tab-separated values with a header line; a quoted value may contain line breaks (RFC 4180).</summary>
internal sealed class SeparatedValuesReader(string path, Func<string, Stream> open, InputFields fields, char separator) : IDocumentReader
{
    public async IAsyncEnumerable<InputDocument> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using StreamReader text = new(open(path), StrictUtf8.Encoding, detectEncodingFromByteOrderMarks: true);
        using SepReader rows = await Guarded(OpenAsync(text, cancellationToken));
        var columns = SeparatedColumns.Find(path, rows.Header, fields);
        while (await Guarded(rows.MoveNextAsync(cancellationToken)))
        {
            if (Read(rows.Current, columns) is InputDocument document)
            {
                yield return document;
            }
        }
    }

    // Sep's own check of the number of columns is off: ours reports the line in the terms of the input.
    private ValueTask<SepReader> OpenAsync(StreamReader text, CancellationToken cancellationToken) => Sep.New(separator)
        .Reader(options => options with { Unescape = true, DisableColCountCheck = true })
        .FromAsync(text, cancellationToken);

    private async ValueTask<T> Guarded<T>(ValueTask<T> step)
    {
        try
        {
            return await step;
        }
        catch (DecoderFallbackException)
        {
            throw new InputException(path, "not valid UTF-8");
        }
        catch (InvalidDataException e)
        {
            throw new InputException(path, e.Message.ReplaceLineEndings(" "));
        }
        catch (NotSupportedException)
        {
            throw new InputException(path, "a row exceeds 16 million characters; check for an unclosed quote");
        }
    }

    private InputDocument? Read(SepReader.Row row, SeparatedColumns columns)
    {
        long number = row.LineNumberFrom;
        if (row.Span.IsWhiteSpace())
        {
            return null;
        }

        if (int.IsOddInteger(row.Span.Count('"')))
        {
            throw new InputException(path, number, "unclosed quote");
        }

        if (row.ColCount != columns.Count)
        {
            string fault = string.Create(CultureInfo.InvariantCulture, $"{row.ColCount} values, but the header has {columns.Count}");
            throw new InputException(path, number, fault);
        }

        string id = columns.Id < 0 ? number.ToString(CultureInfo.InvariantCulture) : row[columns.Id].ToString();
        return new InputDocument(id, row[columns.Text].ToString(), Time(row, columns), columns.Attributes(row));
    }

    private DateTimeOffset? Time(SepReader.Row row, SeparatedColumns columns)
    {
        if (columns.Time < 0 || row[columns.Time].Span.IsWhiteSpace())
        {
            return null;
        }

        string written = row[columns.Time].ToString();
        return DocumentTime.TryParse(written, out DateTimeOffset time)
            ? time
            : throw new InputException(path, row.LineNumberFrom, $"field \"{fields.Time}\": {DocumentTime.Expected}, found \"{written}\"");
    }
}
