using System.Globalization;
using Spectre.Console;
using TopicGrpc.Client.Topics;

namespace TopicGrpc.Cli.Output;

/// <summary>Layers and their topics as human-readable tables.</summary>
internal static class LayerTables
{
    private const int WordsShown = 8;

    public static Table Of(TopicLayers layers)
    {
        Table table = new();
        table.AddColumn(new TableColumn("layer").NoWrap());
        table.AddColumn(new TableColumn("topics").RightAligned().NoWrap());
        table.AddColumn(new TableColumn("documents").RightAligned().NoWrap());
        table.AddColumn(new TableColumn("min_cluster_size").RightAligned().NoWrap());
        foreach (TopicLayer layer in layers.Layers)
        {
            table.AddRow(
                Markup.Escape(layer.Name),
                Number(layer.TopicCount),
                Number(layer.DocumentCount),
                layer.MinClusterSize == 0 ? "" : Number(layer.MinClusterSize));
        }

        return table;
    }

    public static Table Of(LayerTopics topics)
    {
        Table table = new();
        table.AddColumn(new TableColumn("topic").RightAligned().NoWrap());
        table.AddColumn(new TableColumn("uid").NoWrap());
        table.AddColumn(new TableColumn("documents").RightAligned().NoWrap());
        table.AddColumn("parent");
        table.AddColumn("words");
        foreach (LayerTopic topic in topics.Topics)
        {
            table.AddRow(
                topic.Id.ToString(CultureInfo.InvariantCulture),
                topic.Uid,
                Number(topic.Count),
                Markup.Escape(topic.Parent is { } parent ? $"{parent.Layer} {parent.Name}" : ""),
                Markup.Escape(string.Join(", ", topic.Words.Take(WordsShown).Select(static word => word.Term))));
        }

        return table;
    }

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
