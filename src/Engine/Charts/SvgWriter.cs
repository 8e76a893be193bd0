using System.Globalization;
using System.Text;

namespace TopicGrpc.Engine.Charts;

/// <summary>Writer of the SVG elements that charts use. Numbers have at most two decimals and a decimal point in every culture.</summary>
internal sealed class SvgWriter
{
    private const string Fonts = "&quot;Open Sans&quot;, Verdana, &quot;DejaVu Sans&quot;, Arial, Helvetica, sans-serif";
    private readonly StringBuilder _text = new();

    /// <summary>Starts an image with a white background.</summary>
    public SvgWriter(double width, double height, string label)
    {
        _text.Append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\"");
        Number("width", width).Number("height", height);
        _text.Append(CultureInfo.InvariantCulture, $" viewBox=\"0 0 {Format(width)} {Format(height)}\"");
        Attribute("role", "img").Attribute("aria-label", label);
        _text.Append(" font-family=\"").Append(Fonts).Append("\">\n");
        Rectangle(new SvgBox(0, 0, width, height), "#FFFFFF");
    }

    /// <summary>Starts a group whose children share a fill.</summary>
    public void BeginGroup(string fill, double opacity)
    {
        _text.Append("<g");
        Attribute("fill", fill);
        if (opacity < 1)
        {
            Number("fill-opacity", opacity);
        }

        _text.Append(">\n");
    }

    public void EndGroup() => _text.Append("</g>\n");

    /// <summary>Writes a rectangle.</summary>
    public void Rectangle(SvgBox box, string fill, SvgStroke? stroke = null, string? hover = null)
    {
        _text.Append("<rect");
        Number("x", box.X).Number("y", box.Y).Number("width", box.Width).Number("height", box.Height).Attribute("fill", fill);
        Outline(stroke);
        Close("rect", hover);
    }

    public void Line(double x1, double y1, double x2, double y2, string stroke, double width)
    {
        _text.Append("<line");
        Number("x1", x1).Number("y1", y1).Number("x2", x2).Number("y2", y2);
        Attribute("stroke", stroke).Number("stroke-width", width);
        Close("line", null);
    }

    /// <summary>Writes a line through points; the coordinates alternate between x and y.</summary>
    public void Polyline(ReadOnlySpan<double> coordinates, string stroke, double width, double opacity = 1, string? hover = null)
    {
        _text.Append("<polyline points=\"");
        for (int i = 0; i + 1 < coordinates.Length; i += 2)
        {
            _text.Append(i == 0 ? "" : " ").Append(Format(coordinates[i])).Append(',').Append(Format(coordinates[i + 1]));
        }

        _text.Append("\" fill=\"none\"");
        Attribute("stroke", stroke).Number("stroke-width", width);
        if (opacity < 1)
        {
            Number("stroke-opacity", opacity);
        }

        Close("polyline", hover);
    }

    /// <summary>Writes a circle with its own fill or the fill of its group.</summary>
    public void Circle(double x, double y, double radius, string? hover = null, string? fill = null, SvgStroke? stroke = null)
    {
        _text.Append("<circle");
        Number("cx", x).Number("cy", y).Number("r", radius);
        if (fill is not null)
        {
            Attribute("fill", fill);
        }

        Outline(stroke);
        Close("circle", hover);
    }

    /// <summary>Writes a line of text.</summary>
    public void Text(double x, double y, string text, in SvgTextStyle style, string? hover = null)
    {
        _text.Append("<text");
        // Viewers interpret dominant-baseline differently; a shifted baseline looks the same in all of them.
        Number("x", x).Number("y", y + (style.BaselineShift * style.Size)).Number("font-size", style.Size).Attribute("fill", style.Color);
        if (style.Anchor != "start")
        {
            Attribute("text-anchor", style.Anchor);
        }

        if (style.Bold)
        {
            Attribute("font-weight", "bold");
        }

        if (style.Halo)
        {
            Attribute("stroke", "#FFFFFF")
                .Number("stroke-width", 3)
                .Attribute("stroke-linejoin", "round")
                .Attribute("paint-order", "stroke");
        }

        if (style.Rotation != 0)
        {
            Attribute(
                "transform", string.Create(CultureInfo.InvariantCulture, $"rotate({Format(style.Rotation)} {Format(x)} {Format(y)})"));
        }

        _text.Append('>');
        if (hover is not null)
        {
            _text.Append("<title>");
            SvgText.AppendEscaped(_text, hover);
            _text.Append("</title>");
        }

        SvgText.AppendEscaped(_text, text);
        _text.Append("</text>\n");
    }

    /// <summary>Ends the image and returns it.</summary>
    public string Finish() => _text.Append("</svg>\n").ToString();

    private static string Format(double value)
    {
        string text = value.ToString("0.##", CultureInfo.InvariantCulture);
        return text == "-0" ? "0" : text;
    }

    private SvgWriter Number(string name, double value)
    {
        _text.Append(' ').Append(name).Append("=\"").Append(Format(value)).Append('"');
        return this;
    }

    private SvgWriter Attribute(string name, string value)
    {
        _text.Append(' ').Append(name).Append("=\"");
        SvgText.AppendEscaped(_text, value);
        _text.Append('"');
        return this;
    }

    private void Outline(SvgStroke? stroke)
    {
        if (stroke is { } given)
        {
            Attribute("stroke", given.Color).Number("stroke-width", given.Width);
        }
    }

    private void Close(string element, string? hover)
    {
        if (hover is null)
        {
            _text.Append("/>\n");
            return;
        }

        _text.Append("><title>");
        SvgText.AppendEscaped(_text, hover);
        _text.Append("</title></").Append(element).Append(">\n");
    }
}
