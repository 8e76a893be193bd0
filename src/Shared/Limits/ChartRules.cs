using System.Globalization;
using TopicGrpc.V1;

namespace TopicGrpc.Shared.Limits;

/// <summary>Limits of a chart that depend on its kind.</summary>
internal static class ChartRules
{
    public static void Check(RenderChartRequest request, CheckState state)
    {
        // The sides of bars are those of one panel.
        (int least, int most) = request.Kind == RenderChartRequest.Types.Kind.Bars ? (100, 5000) : (300, 10_000);
        CheckSide("width", request.Width, least, most, state);
        CheckSide("height", request.Height, least, most, state);
        if (request.Kind == RenderChartRequest.Types.Kind.TopicsPerClass && request.Attribute.Length == 0)
        {
            state.AddAt("attribute", "must be set for topics per class");
        }
    }

    private static void CheckSide(string field, int value, int least, int most, CheckState state)
    {
        if (value > 0 && (value < least || value > most))
        {
            state.AddAt(
                field,
                string.Create(CultureInfo.InvariantCulture, $"must be 0 or {least} to {most} for this kind of chart, {value} given"));
        }
    }
}
