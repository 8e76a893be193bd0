using System.Text.Json;
using TopicGrpc.Engine.Charts;

namespace TopicGrpc.Parity.Charts;

/// <summary>Compares lines and hover texts of the term rank chart with BERTopic's figure of the same topics.</summary>
internal sealed class TermRankCheck : StageCheck
{
    public override string Stage => "charts/term_rank";

    public override IReadOnlyList<string> Files => ["charts/term_rank.json", "topics/reduced/words.json", "topics/reduced/topic_freq.json"];

    public override IEnumerable<Measure> Run(GoldenFolder golden, IReadOnlyList<string> documents)
    {
        IReadOnlyList<JsonElement> theirs = Figure.Read(golden, "charts/term_rank.json").Traces;
        IReadOnlyList<TermRankLine> ours = TermRankLine.Of(GoldenTopics.Read(golden, "topics/reduced"), new TermRankOptions());
        yield return new Measure(Stage, "lines_differing", Math.Abs(theirs.Count - ours.Count), 0);
        double scores = 0;
        int hovers = 0;
        for (int i = 0; i < Math.Min(theirs.Count, ours.Count); i++)
        {
            string text = theirs[i]
                .GetProperty("hovertext")
                .GetString()!
                .Replace("<b>", "", StringComparison.Ordinal)
                .Replace("</b>", "", StringComparison.Ordinal);
            scores = Math.Max(scores, Figure.Distance(ours[i].Scores, Figure.Numbers(theirs[i].GetProperty("y"))));
            hovers += ours[i].Hover == text ? 0 : 1;
        }

        yield return new Measure(Stage, "score_difference", scores, 0);
        yield return new Measure(Stage, "hovers_differing", hovers, 0);
    }
}
