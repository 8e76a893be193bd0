using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Topics;

namespace TopicGrpc.Parity.Topics;

/// <summary>From recorded clusters to topics: labels, mapper and topic vectors, with and without reduction, then merged and reduced again.</summary>
internal sealed class TopicPlanCheck : StageCheck
{
    /// <summary>The recorded topic vectors of a fit without reduction are sums in single precision, the same operations in the same order.</summary>
    private const double Exact = 0;
    private const double MergedTolerance = 1e-9;

    /// <summary>Elements near zero are differences of larger numbers; vectors have unit scale, so their difference is measured absolutely.</summary>
    private const double WidenedTolerance = 1e-5;

    public override string Stage => "topics/plan";

    public override IReadOnlyList<string> Files =>
        ["embeddings", "hdbscan/labels", "topics/plain/topics", "topics/plain/mapper.json", "topics/reduced/topics", "topics/reduced/mapper.json", "topics/reduced/topic_embeddings"];

    public override IEnumerable<Measure> Run(GoldenFolder golden, IReadOnlyList<string> documents)
    {
        bool widened = golden.Read("embeddings").Type == "f2";
        Matrix embeddings = GoldenVectors.Read(golden, "embeddings");
        int[] clusters = golden.Read("hdbscan/labels").ToIntegers();
        var plain = TopicPlan.FromClusters(clusters, embeddings, TopicReductionTarget.None, ComputeOptions.Default, CancellationToken.None);
        int wanted = golden.Read("topics/reduced/topic_embeddings").Rows;
        var reduced = TopicPlan.FromClusters(clusters, embeddings, TopicReductionTarget.To(wanted), ComputeOptions.Default, CancellationToken.None);
        List<Measure> measures =
        [
            .. Compare(golden, RecordedModel.Plain, plain, widened ? WidenedTolerance : Exact),
            .. Compare(golden, RecordedModel.Reduced, reduced, widened ? WidenedTolerance : MergedTolerance),
        ];
        if (golden.Has($"topics/{RecordedModel.Merged}/mapper.json"))
        {
            TopicPlan merged = plain.Merge(MergedGroups(plain.Labels.TopicCount));
            measures.AddRange(Compare(golden, RecordedModel.Merged, merged, MergedTolerance));
            TopicPlan twelve = merged.Reduce(TopicReductionTarget.To(12), ComputeOptions.Default, CancellationToken.None);
            measures.AddRange(Compare(golden, RecordedModel.MergedThenReduced, twelve, MergedTolerance));
        }

        return measures;
    }

    /// <summary>The recorded merge: [[1, 2], [3, 4, 5]].</summary>
    private static int[] MergedGroups(int topics) => [.. Enumerable.Range(0, topics).Select(topic => topic is 2 ? 1 : topic is 4 or 5 ? 3 : topic)];

    private IEnumerable<Measure> Compare(GoldenFolder golden, string model, TopicPlan plan, double tolerance)
    {
        RecordedModel recorded = new(golden, model);
        yield return new Measure(Stage, $"{model} labels that differ", Difference.Count<int>(plan.Labels.Labels, recorded.Labels.Labels), 0);
        int[] mapper = [.. recorded.Json("mapper.json").EnumerateArray().SelectMany(row => row.EnumerateArray()).Select(id => id.GetInt32())];
        yield return new Measure(Stage, $"{model} mapper entries that differ", Difference.Count<int>(plan.Mapper.Values, mapper), 0);
        yield return new Measure(Stage, $"{model} topic vectors", Difference.Absolute(plan.Centroids, golden.Read($"topics/{model}/topic_embeddings").ToDoubles()), tolerance);
    }
}
