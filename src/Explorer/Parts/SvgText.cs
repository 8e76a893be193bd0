using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace TopicGrpc.Explorer.Parts;

/// <summary>The SVG element <c>text</c>. In a Razor file, a tag of this name would be an instruction to Razor.</summary>
public sealed class SvgText : ComponentBase
{
    /// <summary>Horizontal position.</summary>
    [Parameter]
    public double X { get; set; }

    /// <summary>Position of the base line.</summary>
    [Parameter]
    public double Y { get; set; }

    /// <summary><c>start</c>, <c>middle</c> or <c>end</c>: the point of the text that is at the position.</summary>
    [Parameter]
    public string Anchor { get; set; } = "start";

    /// <summary>The text.</summary>
    [Parameter, EditorRequired]
    public string Value { get; set; } = "";

    /// <inheritdoc/>
    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.OpenElement(0, "text");
        builder.AddAttribute(1, "x", Format.Svg(X));
        builder.AddAttribute(2, "y", Format.Svg(Y));
        builder.AddAttribute(3, "text-anchor", Anchor);
        builder.AddContent(4, Value);
        builder.CloseElement();
    }
}
