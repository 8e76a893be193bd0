using System.Runtime.InteropServices;
using TopicGrpc.Client.Topics;
using TopicGrpc.Tables.Values;

namespace TopicGrpc.Cli.Exports;

/// <summary>Tables with one row per document and its topic.</summary>
internal static class DocumentTables
{
    /// <summary>Returns the table of <c>export documents</c>.</summary>
    /// <param name="topics">Topics of the version.</param>
    /// <param name="attributes">Attributes that get a column.</param>
    /// <param name="parts">What the documents have in addition to their topic.</param>
    public static ExportTable<DocumentTopic> Documents(
        IReadOnlyList<TopicInfo> topics, IEnumerable<string> attributes, ListDocumentsOptions parts)
    {
        ExportTable<DocumentTopic> table = new();
        table.Add("id", ColumnKind.Text, static document => TableValue.Text(document.DocumentId));
        if (parts.IncludeContent)
        {
            table.Add("text", ColumnKind.Text, static document => Text(document.Text));
            table.Add("time", ColumnKind.Time, static document => document.Time is { } time ? TableValue.Time(time) : TableValue.Null);
        }

        AddTopic(table, topics);
        if (parts.Corpus is null)
        {
            table.Add("representative", ColumnKind.Boolean, static document => TableValue.Boolean(document.IsRepresentative));
        }

        if (parts.IncludePosition)
        {
            AddPosition(table);
        }

        if (parts.IncludeEmbedding)
        {
            table.Add("embedding", ColumnKind.Vector, static document => document.Embedding is { } embedding
                ? TableValue.Vector(Numbers(embedding))
                : TableValue.Null);
        }

        foreach (string attribute in attributes)
        {
            // An attribute with the name of a column above keeps it behind a prefix, as in the files of the command map.
            table.Add(
                table.Contains(attribute) ? $"attributes.{attribute}" : attribute,
                ColumnKind.Text,
                document => Text(document.Attributes?.GetValueOrDefault(attribute)));
        }

        return table;
    }

    /// <summary>Returns the table of <c>export map</c>.</summary>
    public static ExportTable<DocumentTopic> Map(IReadOnlyList<TopicInfo> topics)
    {
        ExportTable<DocumentTopic> table = new();
        table.Add("id", ColumnKind.Text, static document => TableValue.Text(document.DocumentId));
        AddPosition(table);
        AddTopic(table, topics);
        return table;
    }

    private static void AddTopic(ExportTable<DocumentTopic> table, IReadOnlyList<TopicInfo> topics)
    {
        var byId = topics.ToDictionary(static topic => topic.Id);
        table.Add("topic", ColumnKind.Integer, static document => TableValue.Integer(document.TopicId));
        table.Add("topic_name", ColumnKind.Text, document => Text(byId.GetValueOrDefault(document.TopicId)?.Name));
        table.Add("topic_label", ColumnKind.Text, document => TextOrNull(byId.GetValueOrDefault(document.TopicId)?.Label));
        table.Add("topic_uid", ColumnKind.Text, document => TextOrNull(byId.GetValueOrDefault(document.TopicId)?.Uid));
        table.Add("probability", ColumnKind.Number, static document => TableValue.Number(document.Probability));
        table.Add("outlier", ColumnKind.Boolean, static document => TableValue.Boolean(document.TopicId < 0));
    }

    private static void AddPosition(ExportTable<DocumentTopic> table)
    {
        table.Add("x", ColumnKind.Number, static document => document.Position is { } at ? TableValue.Number(at.X) : TableValue.Null);
        table.Add("y", ColumnKind.Number, static document => document.Position is { } at ? TableValue.Number(at.Y) : TableValue.Null);
    }

    private static TableValue Text(string? text) => text is null ? TableValue.Null : TableValue.Text(text);

    private static TableValue TextOrNull(string? text) => string.IsNullOrEmpty(text) ? TableValue.Null : TableValue.Text(text);

    private static float[] Numbers(ReadOnlyMemory<float> embedding) =>
        MemoryMarshal.TryGetArray(embedding, out ArraySegment<float> segment) && segment.Count == segment.Array!.Length
            ? segment.Array
            : embedding.ToArray();
}
