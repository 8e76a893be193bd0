namespace TopicGrpc.Engine.Charts;

/// <summary>Colors of BERTopic's figures and of the two Plotly templates that they use.</summary>
internal static class ChartColors
{
    public const string Title = "#000000";

    /// <summary>Text color of the template plotly_white.</summary>
    public const string WhiteTemplateText = "#2A3F5F";

    /// <summary>Color of grid and zero line of the template plotly_white.</summary>
    public const string WhiteTemplateGrid = "#EBF0F8";

    /// <summary>Color of text and axes of the template simple_white.</summary>
    public const string SimpleTemplateText = "#242424";

    public const string OtherDocuments = "#CFD8DC";
    public const string VerticalCross = "#CFD8DC";
    public const string HorizontalCross = "#9E9E9E";

    private static readonly string[] Bars = ["#D55E00", "#0072B2", "#CC79A7", "#E69F00", "#56B4E9", "#009E73", "#F0E442"];

    private static readonly string[] Lines = ["#E69F00", "#56B4E9", "#009E73", "#F0E442", "#D55E00", "#0072B2", "#CC79A7"];

    private static readonly string[] Traces =
        ["#1F77B4", "#FF7F0E", "#2CA02C", "#D62728", "#9467BD", "#8C564B", "#E377C2", "#7F7F7F", "#BCBD22", "#17BECF"];

    /// <summary>Returns the color of the bars of the n-th topic.</summary>
    public static string Bar(int index) => Bars[index % Bars.Length];

    /// <summary>Returns the color of the line of the n-th topic.</summary>
    public static string Line(int index) => Lines[index % Lines.Length];

    /// <summary>Returns the default color of the n-th trace in the template simple_white.</summary>
    public static string Trace(int index) => Traces[index % Traces.Length];
}
