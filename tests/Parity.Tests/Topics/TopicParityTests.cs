using TopicGrpc.Parity.Topics;
using Xunit;

namespace TopicGrpc.Parity.Tests.Topics;

public sealed class TopicParityTests
{
    [Theory]
    [InlineData("state-of-the-union", RecordedModel.Plain)]
    [InlineData("state-of-the-union", RecordedModel.Reduced)]
    [InlineData("state-of-the-union", RecordedModel.Merged)]
    [InlineData("state-of-the-union", RecordedModel.MergedThenReduced)]
    [InlineData("20newsgroups", RecordedModel.Reduced)]
    public void WordWeights_RecordedLabels_EqualTheRecordedMatrix(string corpus, string model) => Holds(new WordWeightCheck(model), corpus);

    [Theory]
    [InlineData("state-of-the-union", RecordedModel.Plain)]
    [InlineData("state-of-the-union", RecordedModel.Reduced)]
    [InlineData("state-of-the-union", RecordedModel.Merged)]
    [InlineData("state-of-the-union", RecordedModel.MergedThenReduced)]
    [InlineData("20newsgroups", RecordedModel.Plain)]
    [InlineData("20newsgroups", RecordedModel.Reduced)]
    public void TopicTable_RecordedLabels_EqualsTheRecordedTables(string corpus, string model) => Holds(new TopicTableCheck(model), corpus);

    [Theory]
    [InlineData("state-of-the-union")]
    [InlineData("20newsgroups")]
    public void TopicPlan_RecordedClusters_EqualsTheRecordedTopics(string corpus) => Holds(new TopicPlanCheck(), corpus);

    [Theory]
    [InlineData("state-of-the-union")]
    [InlineData("20newsgroups")]
    public void Probabilities_RecordedMembership_EqualTheRecordedOnes(string corpus) => Holds(new ProbabilityCheck(), corpus);

    [Theory]
    [InlineData("state-of-the-union")]
    [InlineData("20newsgroups")]
    public void CentroidPrediction_RecordedVectors_EqualsTheRecordedAnswers(string corpus) => Holds(new CentroidPredictionCheck(), corpus);

    [Theory]
    [InlineData("state-of-the-union")]
    [InlineData("20newsgroups")]
    public void DensityPrediction_RecordedPlaces_EqualsTheRecordedAnswers(string corpus) => Holds(new DensityPredictionCheck(), corpus);

    [Theory]
    [InlineData("state-of-the-union")]
    [InlineData("20newsgroups")]
    public void ReduceOutliers_RecordedModel_EqualsTheRecordedTopics(string corpus) => Holds(new OutlierReductionCheck(), corpus);

    private static void Holds(StageCheck check, string corpus)
    {
        GoldenFolder golden = GoldenData.Find(corpus, [.. check.Files]);

        Measure[] measures = [.. check.Run(golden, GoldenData.Documents(corpus))];

        Assert.NotEmpty(measures);
        Assert.All(measures, measure => Assert.True(measure.Holds, measure.ToString()));
    }
}
