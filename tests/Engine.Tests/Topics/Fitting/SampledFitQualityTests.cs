using TopicGrpc.Engine.Topics;
using TopicGrpc.Engine.Topics.Comparison;
using TopicGrpc.Engine.Topics.Reports;
using TopicGrpc.Engine.Topics.Settings;
using Xunit;

namespace TopicGrpc.Engine.Tests.Topics.Fitting;

public sealed class SampledFitQualityTests
{
    private const double LeastAgreement = 0.85;

    /// <summary>A fit on a sample finds the topics of a fit of all if <c>min_cluster_size</c> is the same share of both.</summary>
    [Theory]
    [InlineData(900, 5, 0, 1, 450, false)]
    [InlineData(1500, 12, 0.5, 2, 500, false)]
    [InlineData(1500, 12, 0.5, 3, 500, true)]
    [InlineData(3000, 20, 0.8, 4, 1000, false)]
    [InlineData(3000, 20, 0.8, 5, 1000, true)]
    [InlineData(6000, 10, 1, 6, 600, false)]
    [InlineData(6000, 10, 1, 7, 600, true)]
    public void Fit_SampleOfPlantedTopics_FindsThemAsAFitOfAllDocuments(
        int documents, int topics, double skew, int seed, int size, bool stratified)
    {
        SkewedCorpus corpus = new(documents, topics, skew, seed);
        const int ofSample = 6;
        TopicModel full = corpus.Fit(ofSample * documents / size, sample: null);
        TopicModel sampled = corpus.Fit(ofSample, new TopicSample { Size = size, Attribute = stratified ? "source" : null });

        Assert.Equal(ofSample, sampled.Clusters!.Options.MinClusterSize);
        Assert.Equal(size, sampled.Clusters.State.Points.Rows);
        Assert.InRange(Agreement(corpus.Planted, full.Assignments), LeastAgreement, 1);
        Assert.InRange(Agreement(corpus.Planted, sampled.Assignments), LeastAgreement, 1);
        Assert.InRange(Agreement(full.Assignments, sampled.Assignments), LeastAgreement, 1);
    }

    /// <summary>One topic far larger than the others is one cluster of a sample too; the report must say so and list remedies.</summary>
    [Fact]
    public void Fit_SampleWhoseClustersCollapse_KeepsTheWarning()
    {
        SkewedCorpus corpus = new(2000, topics: 4, skew: 3, seed: 8);
        TopicModel sampled = corpus.Fit(minClusterSize: 6, new TopicSample { Size = 500 });

        FitWarning warning = Assert.Single(sampled.Report.Warnings, static warning => warning.Code == FitWarning.Collapse);
        Assert.Contains("Cures:", warning.Message, StringComparison.Ordinal);
    }

    private static double Agreement(int[] first, int[] second) => PartitionAgreement.AdjustedMutualInformation(first, second);
}
