using System.Text.Json;

namespace TopicGrpc.Parity.Charts;

/// <summary>A Plotly figure in JSON.</summary>
internal sealed class Figure
{
    private readonly JsonElement _root;

    private Figure(JsonElement root) => _root = root;

    public IReadOnlyList<JsonElement> Traces => [.. _root.GetProperty("data").EnumerateArray()];

    public static Figure Read(GoldenFolder golden, string name)
    {
        using var document = JsonDocument.Parse(golden.ReadText(name));
        return new Figure(document.RootElement.Clone());
    }

    public JsonElement Layout(string name) => _root.GetProperty("layout").GetProperty(name);

    public static double[] Numbers(JsonElement array) => [.. array.EnumerateArray().Select(value => value.GetDouble())];

    public static string[] Strings(JsonElement array) => [.. array.EnumerateArray().Select(value => value.GetString()!)];

    /// <summary>Returns the largest difference of two lists; infinite if their lengths differ.</summary>
    public static double Distance(IReadOnlyList<double> ours, IReadOnlyList<double> theirs)
    {
        if (ours.Count != theirs.Count)
        {
            return double.PositiveInfinity;
        }

        double largest = 0;
        for (int i = 0; i < ours.Count; i++)
        {
            largest = Math.Max(largest, Math.Abs(ours[i] - theirs[i]));
        }

        return largest;
    }
}
