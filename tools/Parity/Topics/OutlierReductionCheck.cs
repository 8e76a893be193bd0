using System.Globalization;
using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Topics.Operations;

namespace TopicGrpc.Parity.Topics;

/// <summary>Compares the four strategies of <c>reduce_outliers</c> at the recorded thresholds.</summary>
internal sealed class OutlierReductionCheck : StageCheck
{
    private static readonly (OutlierStrategy Strategy, string Name, double Threshold)[] Cases =
    [
        (OutlierStrategy.ClassTfIdf, "c-tf-idf", 0),
        (OutlierStrategy.ClassTfIdf, "c-tf-idf", 0.1),
        (OutlierStrategy.ClassTfIdf, "c-tf-idf", 0.5),
        (OutlierStrategy.Embeddings, "embeddings", 0),
        (OutlierStrategy.Embeddings, "embeddings", 0.1),
        (OutlierStrategy.Embeddings, "embeddings", 0.5),
        (OutlierStrategy.Probabilities, "probabilities", 0.1),
        (OutlierStrategy.Distributions, "distributions", 0),
    ];

    public override string Stage => "operations/reduce_outliers";

    public override IReadOnlyList<string> Files =>
        [
            .. RecordedModelBuilder.Files, "topics/plain/topics", "topics/plain/mapper.json", "topics/plain/topic_embeddings",
            "topics/reduced/topics", "topics/reduced/mapper.json", "topics/reduced/topic_embeddings", FileOf(Cases[0]),
        ];

    public override IEnumerable<Measure> Run(GoldenFolder golden, IReadOnlyList<string> documents)
    {
        OperationInput plain = Input(golden, RecordedModel.Plain, documents);
        OperationInput reduced = Input(golden, RecordedModel.Reduced, documents);
        foreach ((OutlierStrategy Strategy, string Name, double Threshold) recorded in Cases)
        {
            if (golden.Has(FileOf(recorded)))
            {
                // Only the reduced model has recorded probabilities.
                OperationInput input = recorded.Strategy == OutlierStrategy.Probabilities ? reduced : plain;
                int[] actual = new ReduceOutliers(recorded.Strategy, recorded.Threshold).Assign(input);
                double different = Difference.Count<int>(actual, golden.Read(FileOf(recorded)).ToIntegers());
                yield return new Measure(
                    Stage,
                    string.Create(CultureInfo.InvariantCulture, $"{recorded.Name} {recorded.Threshold} labels that differ"),
                    different,
                    0);
            }
        }
    }

    private static OperationInput Input(GoldenFolder golden, string name, IReadOnlyList<string> documents) =>
        new(
            RecordedModelBuilder.Build(golden, name, documents),
            RecordedModel.Documents(documents),
            Embedder: null,
            [],
            ComputeOptions.Default,
            CancellationToken.None);

    private static string FileOf((OutlierStrategy Strategy, string Name, double Threshold) recorded) =>
        string.Create(CultureInfo.InvariantCulture, $"operations/reduce_outliers_{recorded.Name}_{recorded.Threshold}.npy");
}
