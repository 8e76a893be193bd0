using TopicGrpc.Client.Topics;
using TopicGrpc.Tables.Values;

namespace TopicGrpc.Cli.Exports;

/// <summary>The table with one row per topic.</summary>
internal static class TopicTables
{
    /// <summary>Returns the table of <c>export topics</c>.</summary>
    /// <param name="parents">Parent of each topic in the next coarser layer; empty if the version has no layers.</param>
    /// <param name="coherence">Coherence of topics; empty if it was not measured.</param>
    public static ExportTable<TopicInfo> Topics(
        IReadOnlyDictionary<int, LayerTopicRef> parents, IReadOnlyDictionary<int, double> coherence)
    {
        ExportTable<TopicInfo> table = new();
        table.Add("topic", ColumnKind.Integer, static topic => TableValue.Integer(topic.Id));
        table.Add("uid", ColumnKind.Text, static topic => TextOrNull(topic.Uid));
        table.Add("name", ColumnKind.Text, static topic => TableValue.Text(topic.Name));
        table.Add("label", ColumnKind.Text, static topic => TextOrNull(topic.Label));
        table.Add("size", ColumnKind.Integer, static topic => TableValue.Integer(topic.Count));
        table.Add("outlier", ColumnKind.Boolean, static topic => TableValue.Boolean(topic.Id < 0));
        table.Add("words", ColumnKind.Texts, static topic => TableValue.Texts([.. topic.Words.Select(static word => word.Term)]));
        table.Add(
            "weights",
            ColumnKind.Vector,
            static topic => TableValue.Vector([.. topic.Words.Select(static word => (float)word.Score)]));
        table.Add(
            "representative_ids",
            ColumnKind.Texts,
            static topic => TableValue.Texts([.. topic.RepresentativeDocuments.Select(static document => document.Id)]));
        table.Add("parent_layer", ColumnKind.Text, topic => TextOrNull(parents.GetValueOrDefault(topic.Id)?.Layer));
        table.Add("parent_topic", ColumnKind.Integer, topic => parents.GetValueOrDefault(topic.Id) is { } parent
            ? TableValue.Integer(parent.TopicId)
            : TableValue.Null);
        table.Add("parent_uid", ColumnKind.Text, topic => TextOrNull(parents.GetValueOrDefault(topic.Id)?.Uid));
        table.Add("coherence_npmi", ColumnKind.Number, topic => coherence.TryGetValue(topic.Id, out double value)
            ? TableValue.Number(value)
            : TableValue.Null);
        return table;
    }

    private static TableValue TextOrNull(string? text) => string.IsNullOrEmpty(text) ? TableValue.Null : TableValue.Text(text);
}
