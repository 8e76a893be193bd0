using System.Globalization;
using System.Text.Json;
using TopicGrpc.Client.Maps;
using TopicGrpc.Client.Topics;

namespace TopicGrpc.Cli.Reports;

/// <summary>Points of a map in a file, one per line: CSV, or JSON lines if the name of the file ends with <c>.jsonl</c>.</summary>
internal sealed class MapFile(TopicMap map, MapClasses? classes, MapTimes? times)
{
    /// <summary>Writes the points.</summary>
    /// <param name="path">Path of the file; an existing file is replaced.</param>
    /// <param name="documents">Documents of the version, one per row, in the order of the rows.</param>
    /// <param name="cancellationToken">Stops the writing.</param>
    public async Task WriteAsync(string path, IAsyncEnumerable<DocumentTopic> documents, CancellationToken cancellationToken)
    {
        bool isJson = path.EndsWith(".jsonl", StringComparison.OrdinalIgnoreCase);
        await using StreamWriter writer = new(path);
        if (!isJson)
        {
            await writer.WriteLineAsync(string.Join(',', Names().Select(Quote)));
        }

        int row = 0;
        await foreach (DocumentTopic document in documents.WithCancellation(cancellationToken))
        {
            object?[] values = [.. Values(row, document.DocumentId)];
            await writer.WriteLineAsync(isJson ? JsonOf(values) : CsvOf(values));
            row++;
        }
    }

    private string JsonOf(object?[] values) => JsonSerializer.Serialize(
        Names().Zip(values).ToDictionary(static pair => pair.First, static pair => pair.Second), Json.Line);

    private static string CsvOf(object?[] values) =>
        string.Join(',', values.Select(static value => Quote(Convert.ToString(value, CultureInfo.InvariantCulture) ?? "")));

    private IEnumerable<string> Names()
    {
        string[] fixedNames = ["row", "document_id", "x", "y", "topic_id", "probability"];
        return fixedNames
            .Concat(times is null ? [] : ["time"])
            .Concat(classes is null ? [] : ["attributes." + classes.Attribute]);
    }

    private IEnumerable<object?> Values(int row, string documentId)
    {
        (double x, double y) = map.PositionOf(row);
        yield return row;
        yield return documentId;
        yield return Math.Round(x, 6);
        yield return Math.Round(y, 6);
        yield return map.TopicIds.Span[row];
        yield return Math.Round(map.Probabilities.Span[row] / (double)byte.MaxValue, 3);
        if (times is not null)
        {
            long seconds = times.Seconds.Span[row];
            yield return seconds < 0 ? null : times.First.AddSeconds(seconds).ToString("u", CultureInfo.InvariantCulture);
        }

        if (classes is not null)
        {
            int number = classes.Classes.Span[row];
            yield return number >= 1 && number <= classes.ClassNames.Count ? classes.ClassNames[number - 1] : null;
        }
    }

    // RFC 4180.
    private static string Quote(string value) =>
        value.AsSpan().ContainsAny(",\"\r\n") ? $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : value;
}
