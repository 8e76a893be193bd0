using System.Globalization;
using Spectre.Console;
using TopicGrpc.Client.Topics;

namespace TopicGrpc.Cli.Output;

/// <summary>Topics as a human-readable table: number, size, words.</summary>
internal static class TopicTable
{
    public static Table Of(IReadOnlyList<TopicInfo> topics, int words = 8, bool uids = false)
    {
        Table table = new();
        table.AddColumn(new TableColumn("topic").RightAligned().NoWrap());
        if (uids)
        {
            table.AddColumn(new TableColumn("uid").NoWrap());
        }

        table.AddColumn(new TableColumn("documents").RightAligned().NoWrap());
        table.AddColumn("words");
        foreach (TopicInfo topic in topics)
        {
            string[] name = [topic.Id.ToString(CultureInfo.InvariantCulture), .. uids ? [topic.Uid] : Array.Empty<string>()];
            table.AddRow([.. name, topic.Count.ToString("N0", CultureInfo.InvariantCulture), Markup.Escape(Described(topic, words))]);
        }

        return table;
    }

    private static string Described(TopicInfo topic, int words)
    {
        string list = string.Join(", ", topic.Words.Take(words).Select(word => word.Term));
        return topic.Label.Length == 0 ? list : $"{topic.Label}: {list}";
    }
}
