namespace TopicGrpc.Engine.Charts;

/// <summary>The colors of BERTopic's figures and of the two plotly templates they use.</summary>
internal static class ChartColors
{
    public const string Title = "#000000";

    /// <summary>Text of template plotly_white.</summary>
    public const string WhiteTemplateText = "#2A3F5F";

    /// <summary>Grid and zero line of template plotly_white.</summary>
    public const string WhiteTemplateGrid = "#EBF0F8";

    /// <summary>Text and axes of template simple_white.</summary>
    public const string SimpleTemplateText = "#242424";

    public const string OtherDocuments = "#CFD8DC";
    public const string VerticalCross = "#CFD8DC";
    public const string HorizontalCross = "#9E9E9E";

    private static readonly string[] Bars = ["#D55E00", "#0072B2", "#CC79A7", "#E69F00", "#56B4E9", "#009E73", "#F0E442"];

    private static readonly string[] Lines = ["#E69F00", "#56B4E9", "#009E73", "#F0E442", "#D55E00", "#0072B2", "#CC79A7"];

    private static readonly string[] Traces =
        ["#1F77B4", "#FF7F0E", "#2CA02C", "#D62728", "#9467BD", "#8C564B", "#E377C2", "#7F7F7F", "#BCBD22", "#17BECF"];

    /// <summary>Bars of the n-th topic shown.</summary>
    public static string Bar(int index) => Bars[index % Bars.Length];

    /// <summary>Line of the n-th topic shown.</summary>
    public static string Line(int index) => Lines[index % Lines.Length];

    /// <summary>The n-th trace of a figure of template simple_white that names no color.</summary>
    public static string Trace(int index) => Traces[index % Traces.Length];
}
