namespace TopicGrpc.Engine.Charts;

/// <summary>Legend at the right of a map. With many topics its lines move closer, then it gets more columns.</summary>
internal sealed class DocumentChartLegend
{
    private const double Mark = 30;
    private readonly IReadOnlyList<DocumentTrace> _traces;
    private readonly int _rows;
    private readonly double _lineHeight;
    private readonly double _columnWidth;

    private DocumentChartLegend(IReadOnlyList<DocumentTrace> traces, int rows, double lineHeight, double columnWidth)
    {
        _traces = traces;
        _rows = rows;
        _lineHeight = lineHeight;
        _columnWidth = columnWidth;
    }

    /// <summary>Width in pixels; 0 without topics.</summary>
    public double Width => _traces.Count == 0 ? 0 : (_traces.Count + _rows - 1) / _rows * _columnWidth;

    private double FontSize => Math.Min(12, _lineHeight - 3);

    public static DocumentChartLegend For(IReadOnlyList<DocumentTrace> traces, double height, double mostWidth)
    {
        double lineHeight = Math.Clamp(height / Math.Max(1, traces.Count), 12, 19);
        int rows = Math.Max(1, (int)(height / lineHeight));
        int columns = Math.Max(1, (traces.Count + rows - 1) / rows);
        double widest = traces.Select(trace => TextWidth.Of(trace.Name, Math.Min(12, lineHeight - 3))).DefaultIfEmpty(0).Max();
        return new DocumentChartLegend(traces, rows, lineHeight, Math.Min(Mark + widest + 10, mostWidth / columns));
    }

    public void Draw(SvgWriter svg, double x, double y)
    {
        for (int i = 0; i < _traces.Count; i++)
        {
            double left = x + (i / _rows * _columnWidth);
            double line = y + 5 + (((i % _rows) + 0.5) * _lineHeight);
            string name = _traces[i].Name;
            string shown = TextWidth.Fit(name, FontSize, _columnWidth - Mark - 4);
            svg.Circle(left + (Mark / 2), line, 4, fill: _traces[i].Color);
            svg.Text(left + Mark, line, shown, new SvgTextStyle(FontSize, ChartColors.SimpleTemplateText), shown == name ? null : name);
        }
    }
}
