using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Topics;
using TopicGrpc.Engine.Topics.Grouping;
using TopicGrpc.Engine.Topics.Settings;

namespace TopicGrpc.Parity.Topics;

/// <summary>
/// Compares assignments, mapper and topic vectors from recorded clusters, with and without reduction, and after merging and
/// a second reduction.
/// </summary>
internal sealed class TopicPlanCheck : StageCheck
{
    /// <summary>Recorded topic vectors without reduction are single-precision sums of the same operations in the same order.</summary>
    private const double Exact = 0;
    private const double MergedTolerance = 1e-9;

    /// <summary>
    /// Elements near zero are differences of larger numbers; vectors have unit length, so the absolute difference is
    /// measured.
    /// </summary>
    private const double WidenedTolerance = 1e-6;

    public override string Stage => "topics/plan";

    public override IReadOnlyList<string> Files =>
        [
            "embeddings", "hdbscan/labels", "topics/plain/topics", "topics/plain/mapper.json", "topics/reduced/topics",
            "topics/reduced/mapper.json", "topics/reduced/topic_embeddings",
        ];

    public override IEnumerable<Measure> Run(GoldenFolder golden, IReadOnlyList<string> documents)
    {
        bool widened = golden.Read("embeddings").Type == "f2";
        Matrix embeddings = GoldenVectors.Read(golden, "embeddings");
        int[] clusters = golden.Read("hdbscan/labels").ToIntegers();
        var plain = TopicPlan.FromClusters(clusters, embeddings, TopicReduction.None, ComputeOptions.Default, CancellationToken.None);
        int wanted = golden.Read("topics/reduced/topic_embeddings").Rows;
        var reduced = TopicPlan.FromClusters(
            clusters, embeddings, TopicReduction.To(wanted), ComputeOptions.Default, CancellationToken.None);
        List<Measure> measures =
        [
            .. Compare(golden, RecordedModel.Plain, plain, widened ? WidenedTolerance : Exact),
            .. Compare(golden, RecordedModel.Reduced, reduced, widened ? WidenedTolerance : MergedTolerance),
        ];
        if (golden.Has($"topics/{RecordedModel.Merged}/mapper.json"))
        {
            int[] numbers = Align(plain.Assignments, new RecordedModel(golden, RecordedModel.Plain).Assignments);
            TopicPlan merged = plain.Merge(MergedGroups(numbers));
            measures.AddRange(Compare(golden, RecordedModel.Merged, merged, MergedTolerance));
            TopicPlan twelve = merged.Reduce(TopicReduction.To(12), ComputeOptions.Default, CancellationToken.None);
            measures.AddRange(Compare(golden, RecordedModel.MergedThenReduced, twelve, MergedTolerance));
        }

        return measures;
    }

    /// <summary>Returns the recorded merge [[1, 2], [3, 4, 5]], which names topics by their recorded numbers.</summary>
    /// <param name="numbers">Recorded number of each topic.</param>
    internal static int[] MergedGroups(int[] numbers) =>
        Array.ConvertAll(numbers, number => Array.IndexOf(numbers, number is 2 ? 1 : number is 4 or 5 ? 3 : number));

    private IEnumerable<Measure> Compare(GoldenFolder golden, string model, TopicPlan plan, double tolerance)
    {
        RecordedModel recorded = new(golden, model);
        TopicAssignments expected = recorded.Assignments;
        int[] numbers = Align(plan.Assignments, expected);
        yield return new Measure(
            Stage,
            $"{model} labels that differ",
            Difference.Count<int>(plan.Assignments.Map(numbers, outlier: -1).Topics, expected.Topics),
            0);
        int[][] mapper =
        [
            .. recorded.Json("mapper.json").EnumerateArray().Select(row => row.EnumerateArray().Select(id => id.GetInt32()).ToArray()),
        ];
        int[] clusters = golden.Read("hdbscan/labels").ToIntegers();
        int[] sizes = Array.ConvertAll(mapper, row => clusters.Count(cluster => cluster == row[0]));
        yield return new Measure(
            Stage, $"{model} mapper entries outside ties that differ", MapperTies.Differing(plan.Mapper, mapper, sizes), 0);
        double[] vectors = golden.Read($"topics/{model}/topic_embeddings").ToDoubles();
        yield return new Measure(Stage, $"{model} topic vectors", Difference.Absolute(Renumber(plan, numbers), vectors), tolerance);
    }

    /// <summary>Returns the recorded number of each topic. Only topics of equal size can have different numbers.</summary>
    private static int[] Align(TopicAssignments actual, TopicAssignments expected)
    {
        int[] numbers = [.. Enumerable.Range(0, actual.TopicCount)];
        for (int document = actual.Topics.Length - 1; document >= 0; document--)
        {
            int topic = actual.Topics[document];
            int recorded = expected.Topics[document];
            if (topic >= 0
                && recorded >= 0
                && actual.Sizes[topic + actual.OutlierOffset] == expected.Sizes[recorded + expected.OutlierOffset])
            {
                numbers[topic] = recorded;
            }
        }

        return numbers;
    }

    private static double[] Renumber(TopicPlan plan, int[] numbers)
    {
        int offset = plan.Assignments.OutlierOffset;
        int dimension = plan.Centroids.Length / plan.Assignments.RowCount;
        double[] vectors = [.. plan.Centroids];
        for (int topic = 0; topic < numbers.Length; topic++)
        {
            plan.Centroids.AsSpan((topic + offset) * dimension, dimension).CopyTo(vectors.AsSpan((numbers[topic] + offset) * dimension));
        }

        return vectors;
    }
}
