using TopicGrpc.Engine.Topics.Queries;

namespace TopicGrpc.Parity.Queries;

/// <summary>Topic distributions of the first sixty documents, with the default windows and with wider, padded ones.</summary>
internal sealed class DistributionCheck(string file, DistributionOptions options) : StageCheck
{
    public static DistributionCheck[] All { get; } =
    [
        new("approximate_distribution_60", new DistributionOptions()),
        new(
            "approximate_distribution_60_w8_s4_pad_sim005",
            new DistributionOptions { Window = 8, Stride = 4, Padding = true, MinSimilarity = 0.05 }),
    ];

    public override string Stage => file;

    public override IReadOnlyList<string> Files => [RecordedSpace.Input, $"operations/{file}"];

    public override IEnumerable<Measure> Run(GoldenFolder golden, IReadOnlyList<string> documents)
    {
        RecordedSpace recorded = new(golden, documents);
        TopicDistribution distribution = new(recorded.Space, options);
        NpyArray array = golden.Read($"operations/{file}");
        double[] expected = array.ToDoubles();
        double largest = 0;
        for (int row = 0; row < array.Rows; row++)
        {
            double[] shares = distribution.Compute(documents[row], perToken: false).Topics;
            for (int topic = 0; topic < shares.Length; topic++)
            {
                largest = Math.Max(largest, Math.Abs(shares[topic] - expected[(row * array.Columns) + topic]));
            }
        }

        yield return new Measure(Stage, "share", largest, 1e-9);
    }
}
