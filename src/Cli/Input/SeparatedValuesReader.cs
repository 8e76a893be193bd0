using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using TopicGrpc.Tables.Documents;

namespace TopicGrpc.Cli.Input;

/// <summary>Reads comma- or tab-separated values with a header line; a quoted value may contain line breaks (RFC 4180).</summary>
internal sealed class SeparatedValuesReader(
    string path,
    Func<CancellationToken, Task<Stream>> open,
    InputFields fields,
    char separator) : IDocumentReader
{
    public async IAsyncEnumerable<InputDocument> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using StreamReader text = new(await open(cancellationToken), StrictUtf8.Encoding, detectEncodingFromByteOrderMarks: true);
        await using IAsyncEnumerator<SeparatedRecord> rows =
            new SeparatedRecords(path, text, separator).ReadAsync(cancellationToken).GetAsyncEnumerator(cancellationToken);
        if (!await MoveAsync(rows))
        {
            yield break;
        }

        var columns = SeparatedColumns.Find(path, rows.Current.Values, fields);
        while (await MoveAsync(rows))
        {
            if (!rows.Current.IsBlank)
            {
                yield return Read(rows.Current, columns);
            }
        }
    }

    private async ValueTask<bool> MoveAsync(IAsyncEnumerator<SeparatedRecord> rows)
    {
        try
        {
            return await rows.MoveNextAsync();
        }
        catch (DecoderFallbackException)
        {
            throw new InputException(path, "not valid UTF-8");
        }
        catch (InvalidDataException e)
        {
            throw new InputException(path, e.Message);
        }
        catch (IOException e)
        {
            throw new InputException(path, $"cannot be read ({e.Message})");
        }
    }

    private InputDocument Read(SeparatedRecord row, SeparatedColumns columns)
    {
        if (row.Values.Count != columns.Count)
        {
            string fault = string.Create(CultureInfo.InvariantCulture, $"{row.Values.Count} values, but the header has {columns.Count}");
            throw new InputException(path, row.Line, fault);
        }

        return new InputDocument(Id(row, columns), row.Values[columns.Text], Time(row, columns), columns.Attributes(row.Values))
        {
            Line = row.Line,
        };
    }

    private string Id(SeparatedRecord row, SeparatedColumns columns)
    {
        if (columns.Id >= 0 && row.Values[columns.Id].Length > 0)
        {
            return row.Values[columns.Id];
        }

        return fields.Id is null
            ? row.Line.ToString(CultureInfo.InvariantCulture)
            : throw new InputException(path, row.Line, $"field \"{fields.Id}\" is empty");
    }

    private DateTimeOffset? Time(SeparatedRecord row, SeparatedColumns columns)
    {
        if (columns.Time < 0 || string.IsNullOrWhiteSpace(row.Values[columns.Time]))
        {
            return null;
        }

        string written = row.Values[columns.Time];
        return DocumentTime.TryParse(written, out DateTimeOffset time)
            ? time
            : throw new InputException(path, row.Line, $"field \"{fields.Time}\": {DocumentTime.Expected}, found \"{written}\"");
    }
}
