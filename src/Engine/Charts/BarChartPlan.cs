using TopicGrpc.Engine.Topics;

namespace TopicGrpc.Engine.Charts;

/// <summary>Contents and positions of the bar chart: a grid of four columns, filled by row from the top.</summary>
internal sealed class BarChartPlan
{
    private const int Columns = 4;
    private const double HorizontalGap = 0.1;
    private const double VerticalGap = 0.4;

    private BarChartPlan(int width, int height, double fontSize, IReadOnlyList<BarChartCell> cells)
    {
        Width = width;
        Height = height;
        FontSize = fontSize;
        Cells = cells;
    }

    /// <summary>Width of the figure in pixels.</summary>
    public int Width { get; }

    /// <summary>Height of the figure in pixels.</summary>
    public int Height { get; }

    /// <summary>Font size of the words in pixels.</summary>
    public double FontSize { get; }

    /// <summary>Cells, one per topic.</summary>
    public IReadOnlyList<BarChartCell> Cells { get; }

    public static BarChartPlan Of(IReadOnlyList<Topic> topics, BarChartOptions options)
    {
        IReadOnlyList<Topic> shown = TopicSelection.Select(topics, options.TopicIds, options.LargestTopics);
        int rows = Math.Max(1, (shown.Count + Columns - 1) / Columns);
        double gap = rows == 1 ? 0 : VerticalGap / rows;
        double cellHeight = (1 - ((rows - 1) * gap)) / rows;
        double cellWidth = (1 - ((Columns - 1) * HorizontalGap)) / Columns;

        var cells = new BarChartCell[shown.Count];
        for (int i = 0; i < cells.Length; i++)
        {
            double left = i % Columns * (cellWidth + HorizontalGap);
            double bottom = (rows - 1 - (i / Columns)) * (cellHeight + gap);
            TopicWord[] words = [.. shown[i].Words.Take(options.WordCount).Reverse()];
            cells[i] = new BarChartCell(
                shown[i],
                ChartColors.Bar(i),
                left,
                left + cellWidth,
                bottom,
                bottom + cellHeight,
                Array.ConvertAll(words, word => word.Term + "  "),
                Array.ConvertAll(words, word => word.Score));
        }

        int height = options.Height;
        double fontSize = 12;
        if (options.AutoScale)
        {
            height = options.WordCount > 12 ? 250 + ((options.WordCount - 12) * 11) : height;
            fontSize = options.WordCount > 9 ? Math.Max(1, (height - 140) / options.WordCount) : fontSize;
        }

        // 1.3 is BERTopic's factor for a single row, which leaves room for title and margins.
        return new BarChartPlan(options.Width * Columns, rows > 1 ? height * rows : (int)(height * 1.3), fontSize, cells);
    }
}
