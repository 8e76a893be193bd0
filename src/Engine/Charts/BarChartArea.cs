using System.Globalization;

namespace TopicGrpc.Engine.Charts;

/// <summary>Bars of one topic in a rectangle of the image.</summary>
/// <param name="X">Left edge in pixels.</param>
/// <param name="Y">Upper edge.</param>
/// <param name="Width">Width.</param>
/// <param name="Height">Height.</param>
/// <param name="LabelWidth">Space for the words, left of the edge.</param>
internal readonly record struct BarChartArea(double X, double Y, double Width, double Height, double LabelWidth)
{
    private const double BarShare = 0.8;
    private const double SmallestWord = 9;

    public void Draw(SvgWriter svg, BarChartCell cell, double fontSize)
    {
        // Equal words are one category and share one position on the axis.
        string[] categories = [.. cell.Words.Distinct()];
        double low = Math.Min(0, cell.Scores.DefaultIfEmpty(0).Min()) * 1.05;
        double high = Math.Max(0, cell.Scores.DefaultIfEmpty(0).Max()) * 1.05;
        if (!(high > low))
        {
            high = 1;
        }

        double slot = Height / Math.Max(1, categories.Length);
        DrawGrid(svg, low, high, slot, categories.Length);
        DrawBars(svg, cell, categories, low, high, slot);
        DrawWords(svg, categories, Math.Min(fontSize, slot / 1.1), slot);
        svg.Text(
            X + (Width / 2),
            Y,
            TopicTitle(cell),
            new SvgTextStyle(16, ChartColors.WhiteTemplateText, "middle", SvgTextStyle.Above),
            cell.Topic.Name);
    }

    private static string TopicTitle(BarChartCell cell) => string.Create(CultureInfo.InvariantCulture, $"Topic {cell.Topic.Id}");

    private double Across(double value, double low, double high) => X + ((value - low) / (high - low) * Width);

    private void DrawGrid(SvgWriter svg, double low, double high, double slot, int categories)
    {
        for (int i = 0; i < categories; i++)
        {
            double y = Y + Height - ((i + 0.5) * slot);
            svg.Line(X, y, X + Width, y, ChartColors.WhiteTemplateGrid, 1);
        }

        var ticks = LinearTicks.For(low, high, Width, 80);
        double free = double.NegativeInfinity;
        for (int i = 0; i < ticks.Values.Length; i++)
        {
            double x = Across(ticks.Values[i], low, high);
            bool zero = ticks.Values[i] == 0;
            svg.Line(x, Y, x, Y + Height, ChartColors.WhiteTemplateGrid, zero ? 2 : 1);

            // A label that would touch the previous one is omitted; its grid line stays.
            double half = TextWidth.Of(ticks.Labels[i], 12) / 2;
            if (x - half > free)
            {
                svg.Text(
                    x, Y + Height + 3, ticks.Labels[i], new SvgTextStyle(12, ChartColors.WhiteTemplateText, "middle", SvgTextStyle.Below));
                free = x + half + 4;
            }
        }
    }

    private void DrawBars(SvgWriter svg, BarChartCell cell, string[] categories, double low, double high, double slot)
    {
        double zero = Across(0, low, high);
        for (int i = 0; i < cell.Words.Count; i++)
        {
            int place = Array.IndexOf(categories, cell.Words[i]);
            double end = Across(cell.Scores[i], low, high);
            double top = Y + Height - ((place + 0.5 + (BarShare / 2)) * slot);
            string hover = string.Create(CultureInfo.InvariantCulture, $"{cell.Words[i].TrimEnd()}: {cell.Scores[i]:0.######}");
            SvgBox box = new(Math.Min(zero, end), top, Math.Abs(end - zero), BarShare * slot);
            svg.Rectangle(box, cell.Color, new SvgStroke("#FFFFFF", 0.5), hover);
        }
    }

    private void DrawWords(SvgWriter svg, string[] categories, double fontSize, double slot)
    {
        // Long words get a smaller font before they are cut; all words of a topic have the same size.
        double widest = categories.Select(category => TextWidth.Of(category, 1)).DefaultIfEmpty(0).Max();
        double size = Math.Min(fontSize, Math.Max(Math.Min(fontSize, SmallestWord), LabelWidth / Math.Max(widest, 1)));
        double pad = 2 * TextWidth.Of(" ", size);
        for (int i = 0; i < categories.Length; i++)
        {
            string word = categories[i].TrimEnd();
            string shown = TextWidth.Fit(word, size, LabelWidth - pad);
            double y = Y + Height - ((i + 0.5) * slot);
            svg.Text(X - pad, y, shown, new SvgTextStyle(size, ChartColors.WhiteTemplateText, "end"), shown == word ? null : word);
        }
    }
}
