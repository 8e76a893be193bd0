using System.Globalization;
using Spectre.Console;
using TopicGrpc.Client.Topics;

namespace TopicGrpc.Cli.Output;

/// <summary>Results of topic queries as human-readable tables.</summary>
internal static class TopicQueryTables
{
    public static Table Of(TopicSearchResult found)
    {
        Table table = Columns("similarity");
        foreach (TopicHit hit in found.Hits)
        {
            Add(table, hit.Similarity.ToString("0.000", CultureInfo.InvariantCulture), hit.Topic.Id, hit.Topic.Count, hit.Topic.Words);
        }

        return table;
    }

    public static Table Of(TopicsOverTime result)
    {
        Table table = Columns("time");
        foreach (TopicAtTime point in result.Points)
        {
            Add(table, point.Time.ToString("u", CultureInfo.InvariantCulture), point.TopicId, point.Count, point.Words);
        }

        return table;
    }

    public static Table Of(TopicsPerClass result)
    {
        Table table = Columns("class");
        foreach (TopicInClass point in result.Points)
        {
            Add(table, point.ClassName, point.TopicId, point.Count, point.Words);
        }

        return table;
    }

    private static Table Columns(string first)
    {
        Table table = new();
        table.AddColumn(new TableColumn(first).NoWrap());
        table.AddColumn(new TableColumn("topic").RightAligned().NoWrap());
        table.AddColumn(new TableColumn("documents").RightAligned().NoWrap());
        table.AddColumn("words");
        return table;
    }

    private static void Add(Table table, string first, int topic, long count, IEnumerable<TopicWord> words) => table.AddRow(
        Markup.Escape(first),
        topic.ToString(CultureInfo.InvariantCulture),
        count.ToString("N0", CultureInfo.InvariantCulture),
        Markup.Escape(string.Join(", ", words.Select(word => word.Term))));
}
