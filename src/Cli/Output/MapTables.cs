using System.Globalization;
using Spectre.Console;
using TopicGrpc.Client.Maps;

namespace TopicGrpc.Cli.Output;

/// <summary>Columns and documents of maps as human-readable tables.</summary>
internal static class MapTables
{
    private const int TextShown = 80;

    public static Table Of(MapColumns columns)
    {
        Table table = new();
        table.AddColumn(new TableColumn("column").NoWrap());
        table.AddColumn(new TableColumn("documents").RightAligned().NoWrap());
        table.AddColumn(new TableColumn("values").NoWrap());
        if (columns.Times is { } times)
        {
            table.AddRow("time", Number(times.DocumentCount), FormattableString.Invariant($"{times.First:u} to {times.Last:u}"));
        }

        foreach (MapColumn column in columns.Attributes)
        {
            table.AddRow(Markup.Escape(column.Attribute), Number(column.DocumentCount), Number(column.ValueCount));
        }

        return table;
    }

    public static Table Of(IReadOnlyList<MapDocument> documents)
    {
        Table table = new();
        table.AddColumn(new TableColumn("row").RightAligned().NoWrap());
        table.AddColumn(new TableColumn("document").NoWrap());
        table.AddColumn(new TableColumn("topic").RightAligned().NoWrap());
        table.AddColumn("text");
        foreach (MapDocument document in documents)
        {
            string line = document.Text.ReplaceLineEndings(" ");
            table.AddRow(
                document.Row.ToString(CultureInfo.InvariantCulture),
                Markup.Escape(document.DocumentId),
                document.TopicId.ToString(CultureInfo.InvariantCulture),
                Markup.Escape(line.Length <= TextShown ? line : line[..TextShown] + "…"));
        }

        return table;
    }

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
