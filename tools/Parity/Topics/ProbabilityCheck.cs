using System.Text.Json;
using TopicGrpc.Engine.Topics;

namespace TopicGrpc.Parity.Topics;

/// <summary>Compares the mapping of recorded cluster memberships to probabilities of reduced topics.</summary>
internal sealed class ProbabilityCheck : StageCheck
{
    /// <summary>Both sides store single precision.</summary>
    private const double Tolerance = 1e-6;

    public override string Stage => "topics/probabilities";

    public override IReadOnlyList<string> Files =>
        ["hdbscan/membership_train", "topics/reduced/probabilities", "topics/reduced/mapper.json"];

    public override IEnumerable<Measure> Run(GoldenFolder golden, IReadOnlyList<string> documents)
    {
        JsonElement[] rows = [.. new RecordedModel(golden, RecordedModel.Reduced).Json("mapper.json").EnumerateArray()];
        int columns = rows[0].GetArrayLength();
        TopicMapper mapper = new(rows.Length, columns, [.. rows.SelectMany(row => row.EnumerateArray()).Select(id => id.GetInt32())]);
        NpyArray membership = golden.Read("hdbscan/membership_train");
        NpyArray expected = golden.Read("topics/reduced/probabilities");
        int[] topicOf = [.. Enumerable.Range(0, membership.Columns).Select(mapper.TopicOf)];

        double[] actual = Array.ConvertAll(
            TopicProbabilities.Map(membership.ToSingles(), topicOf, expected.Columns).Values, value => (double)value);

        yield return new Measure(Stage, "difference", Difference.Absolute(actual, expected.ToDoubles()), Tolerance);
    }
}
