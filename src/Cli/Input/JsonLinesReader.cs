using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace TopicGrpc.Cli.Input;

/// <summary>Reads one JSON object per line. Other string fields become attributes; blank lines are skipped.</summary>
internal sealed class JsonLinesReader(string path, Func<string, Stream> open, InputFields fields) : IDocumentReader
{
    public async IAsyncEnumerable<InputDocument> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (TextLine line in LineReader.ReadAsync(path, open(path), cancellationToken))
        {
            if (!line.IsBlank())
            {
                yield return Read(line);
            }
        }
    }

    private static string Named(JsonValueKind kind) => kind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        JsonValueKind.String => "text",
        JsonValueKind.Number => "a number",
        JsonValueKind.True or JsonValueKind.False => "a Boolean",
        _ => "null",
    };

    private InputDocument Read(TextLine line)
    {
        try
        {
            using var json = JsonDocument.Parse(line.Bytes);
            return Read(line.Number, json.RootElement);
        }
        catch (JsonException e)
        {
            long at = (e.BytePositionInLine ?? 0) + 1;
            throw new InputException(path, line.Number, string.Create(CultureInfo.InvariantCulture, $"not valid JSON at byte {at}"));
        }
        catch (InvalidOperationException)
        {
            // JsonElement throws this for a string with invalid UTF-8 or an escaped lone surrogate.
            throw new InputException(path, line.Number, "contains text that is not valid Unicode");
        }
    }

    private InputDocument Read(long number, JsonElement record)
    {
        if (record.ValueKind != JsonValueKind.Object)
        {
            throw new InputException(path, number, $"expected a JSON object, found {Named(record.ValueKind)}");
        }

        return new InputDocument(Id(number, record), Text(number, record), Time(number, record), Attributes(record));
    }

    private string Text(long number, JsonElement record)
    {
        if (!record.TryGetProperty(fields.Text, out JsonElement text))
        {
            throw new InputException(path, number, $"no field \"{fields.Text}\" (choose another with --text-field)");
        }

        return text.ValueKind == JsonValueKind.String
            ? text.GetString()!
            : throw new InputException(path, number, $"field \"{fields.Text}\" must be text, found {Named(text.ValueKind)}");
    }

    private string Id(long number, JsonElement record)
    {
        string field = fields.Id ?? InputFields.DefaultId;
        if (!record.TryGetProperty(field, out JsonElement id))
        {
            return fields.Id is null
                ? number.ToString(CultureInfo.InvariantCulture)
                : throw new InputException(path, number, $"no field \"{field}\" (choose another with --id-field)");
        }

        return id.ValueKind switch
        {
            JsonValueKind.String => id.GetString()!,
            JsonValueKind.Number => id.GetRawText(),
            _ => throw new InputException(path, number, $"field \"{field}\" must be text or a number, found {Named(id.ValueKind)}"),
        };
    }

    private DateTimeOffset? Time(long number, JsonElement record)
    {
        if (fields.Time is null || !record.TryGetProperty(fields.Time, out JsonElement time) || time.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        string written = time.ValueKind == JsonValueKind.String ? time.GetString()! : time.GetRawText();
        return DocumentTime.TryParse(written, out DateTimeOffset parsed)
            ? parsed
            : throw new InputException(
                path,
                number,
                $"field \"{fields.Time}\": {DocumentTime.Expected}, found {Named(time.ValueKind)} {time.GetRawText()}");
    }

    private Dictionary<string, string> Attributes(JsonElement record)
    {
        Dictionary<string, string> attributes = new(StringComparer.Ordinal);
        foreach (JsonProperty property in record.EnumerateObject())
        {
            bool used = property.NameEquals(fields.Text)
                || property.NameEquals(fields.Id ?? InputFields.DefaultId)
                || (fields.Time is not null && property.NameEquals(fields.Time));
            if (!used && property.Value.ValueKind == JsonValueKind.String)
            {
                attributes[property.Name] = property.Value.GetString()!;
            }
        }

        return attributes;
    }
}
