using System.Buffers;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using TopicGrpc.Shared;
using TopicGrpc.Tables.Documents;

namespace TopicGrpc.Cli.Input;

/// <summary>
/// Reads one JSON object per line. Other fields that are text, a number or a Boolean become attributes; blank lines are skipped.
/// </summary>
internal sealed class JsonLinesReader(
    string path,
    Func<CancellationToken, Task<Stream>> open,
    InputFields fields,
    InputNotes notes) : IDocumentReader
{
    public async IAsyncEnumerable<InputDocument> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (TextLine line in LineReader.ReadAsync(path, await open(cancellationToken), cancellationToken))
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
            // Files with a byte order mark that were concatenated have marks inside.
            using var json = JsonDocument.Parse(line.WithoutMark());
            return Read(line.Number, json.RootElement);
        }
        catch (JsonException e)
        {
            throw new InputException(path, line.Number, Explain(line, e));
        }
        catch (InvalidOperationException)
        {
            // JsonElement throws this for a string with invalid UTF-8 or an escaped lone surrogate.
            throw new InputException(path, line.Number, "contains text that is not valid Unicode");
        }
    }

    // A file with one array or with indented objects has lines that are only the start of a value.
    private static string Explain(TextLine line, JsonException fault) => line.Trimmed() switch
    {
        "[" or "{" or "[{" => "expected one JSON object per line, found the start of a value of several lines (jq -c '.[]' or jq -c . "
            + "converts the file)",
        _ => JsonFault.OfLine(line.Bytes.ToArray(), fault),
    };

    private InputDocument Read(long number, JsonElement record)
    {
        if (record.ValueKind != JsonValueKind.Object)
        {
            throw new InputException(path, number, $"expected a JSON object, found {Named(record.ValueKind)}");
        }

        return new InputDocument(Id(number, record), Text(number, record), Time(number, record), Attributes(number, record))
        {
            Line = number,
            Embedding = Embedding(number, record),
        };
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
        bool hasField = record.TryGetProperty(field, out JsonElement id);
        if (!hasField || id.ValueKind == JsonValueKind.Null || (id.ValueKind == JsonValueKind.String && id.ValueEquals("")))
        {
            // A missing key after a join is empty or null: the document has no id.
            return fields.Id is null
                ? number.ToString(CultureInfo.InvariantCulture)
                : throw new InputException(
                    path,
                    number,
                    hasField ? $"field \"{field}\" is empty" : $"no field \"{field}\" (choose another with --id-field)");
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
        if (string.IsNullOrWhiteSpace(written))
        {
            return null;
        }

        return DocumentTime.TryParse(written, out DateTimeOffset parsed)
            ? parsed
            : throw new InputException(
                path,
                number,
                $"field \"{fields.Time}\": {DocumentTime.Expected}, found {Named(time.ValueKind)} {time.GetRawText()}");
    }

    private float[] Embedding(long number, JsonElement record)
    {
        if (fields.Embedding is not { } field)
        {
            return [];
        }

        if (!record.TryGetProperty(field, out JsonElement list))
        {
            throw new InputException(path, number, $"no field \"{field}\" (choose another with --embedding-field)");
        }

        if (list.ValueKind != JsonValueKind.Array || list.GetArrayLength() == 0)
        {
            throw new InputException(path, number, $"field \"{field}\" must be a list of numbers, found {Found(list)}");
        }

        float[] embedding = new float[list.GetArrayLength()];
        int index = 0;
        foreach (JsonElement item in list.EnumerateArray())
        {
            embedding[index] = item.ValueKind == JsonValueKind.Number && item.TryGetSingle(out float value) && float.IsFinite(value)
                ? value
                : throw new InputException(
                    path,
                    number,
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"field \"{field}\", item {index + 1}: expected a finite number, found {Found(item)}"));
            index++;
        }

        return embedding;
    }

    private static string Found(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array when value.GetArrayLength() == 0 => "an empty array",
        JsonValueKind.Number => value.GetRawText(),
        _ => Named(value.ValueKind),
    };

    private Dictionary<string, string> Attributes(long number, JsonElement record)
    {
        Dictionary<string, string> attributes = new(StringComparer.Ordinal);
        HashSet<string> names = new(StringComparer.Ordinal);
        foreach (JsonProperty property in record.EnumerateObject())
        {
            if (!names.Add(property.Name))
            {
                throw new InputException(path, number, $"field \"{property.Name}\" occurs twice");
            }

            bool used = property.NameEquals(fields.Text)
                || property.NameEquals(fields.Id ?? InputFields.DefaultId)
                || (fields.Time is not null && property.NameEquals(fields.Time))
                || (fields.Embedding is not null && property.NameEquals(fields.Embedding));
            if (!used && Value(property) is { } value)
            {
                attributes[property.Name] = value;
            }
        }

        return attributes;
    }

    // BERTopic's y is a list of numbers, so numbers and Booleans are classes as well as texts are.
    private string? Value(JsonProperty property)
    {
        switch (property.Value.ValueKind)
        {
            case JsonValueKind.String:
                return property.Value.GetString();
            case JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False:
                return property.Value.GetRawText();
            case JsonValueKind.Object or JsonValueKind.Array:
                notes.Omit($"\"{property.Name}\" ({Named(property.Value.ValueKind)})");
                return null;
            default:
                return null;
        }
    }
}
