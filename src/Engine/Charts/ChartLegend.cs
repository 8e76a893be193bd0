namespace TopicGrpc.Engine.Charts;

/// <summary>Legend on the right of a chart. Many entries reduce the line height first, then add columns.</summary>
internal sealed class ChartLegend
{
    private const double Mark = 30;
    private readonly IReadOnlyList<LegendEntry> _entries;
    private readonly int _rows;
    private readonly double _lineHeight;
    private readonly double _columnWidth;

    private ChartLegend(IReadOnlyList<LegendEntry> entries, int rows, double lineHeight, double columnWidth)
    {
        _entries = entries;
        _rows = rows;
        _lineHeight = lineHeight;
        _columnWidth = columnWidth;
    }

    /// <summary>Width in pixels; 0 without entries.</summary>
    public double Width => _entries.Count == 0 ? 0 : (_entries.Count + _rows - 1) / _rows * _columnWidth;

    private double FontSize => Math.Min(12, _lineHeight - 3);

    public static ChartLegend For(IReadOnlyList<LegendEntry> entries, double height, double mostWidth)
    {
        double lineHeight = Math.Clamp(height / Math.Max(1, entries.Count), 12, 19);
        int rows = Math.Max(1, (int)(height / lineHeight));
        int columns = Math.Max(1, (entries.Count + rows - 1) / rows);
        double widest = entries.Select(entry => TextWidth.Of(entry.Name, Math.Min(12, lineHeight - 3))).DefaultIfEmpty(0).Max();
        return new ChartLegend(entries, rows, lineHeight, Math.Min(Mark + widest + 10, mostWidth / columns));
    }

    public void Draw(SvgWriter svg, double x, double y)
    {
        for (int i = 0; i < _entries.Count; i++)
        {
            double left = x + (i / _rows * _columnWidth);
            double line = y + 5 + (((i % _rows) + 0.5) * _lineHeight);
            string name = _entries[i].Name;
            string shown = TextWidth.Fit(name, FontSize, _columnWidth - Mark - 4);
            svg.Circle(left + (Mark / 2), line, 4, fill: _entries[i].Color);
            svg.Text(left + Mark, line, shown, new SvgTextStyle(FontSize, ChartColors.SimpleTemplateText), shown == name ? null : name);
        }
    }
}
