using TopicGrpc.Engine.Clusters;
using TopicGrpc.Engine.Layout;
using TopicGrpc.Engine.Topics.Estimation;
using TopicGrpc.Engine.Topics.Fitting;
using TopicGrpc.Engine.Topics.Reports;
using TopicGrpc.Engine.Topics.Settings;
using Xunit;

namespace TopicGrpc.Engine.Tests.Topics.Estimation;

public sealed class FitEstimatorTests
{
    private const int Dimension = 384;
    private const double TextBytesPerDocument = 500;

    private static readonly TopicModelOptions Bertopic = new();

    [Fact]
    public void Estimate_EverySetting_ListsTheStagesThatRunInOrder()
    {
        FitEstimate plain = Of(20_000, Bertopic);
        FitEstimate all = Of(20_000, Bertopic with { CalculateProbabilities = true });

        Assert.Equal(
            [
                FitStage.Embedding, FitStage.Neighbors, FitStage.Layout, FitStage.Clusters, FitStage.Topics, FitStage.Quality,
                FitStage.Publishing,
            ],
            plain.Stages.Select(static stage => stage.Stage));
        Assert.Contains(all.Stages, static stage => stage.Stage == FitStage.Probabilities);
        Assert.All(all.Stages, static stage => Assert.True(stage.Seconds > 0 && stage.PeakBytes > 0));
        Assert.Equal(plain.Stages.Sum(static stage => stage.Seconds), plain.Seconds);
        Assert.Equal(plain.Stages.Max(static stage => stage.PeakBytes), plain.PeakBytes);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Estimate_TenTimesTheDocuments_GrowsAboutAsTheFit(bool isAutomatic)
    {
        TopicModelOptions options = isAutomatic ? AutomaticSettings.All : Bertopic;
        FitEstimate small = Vectors(100_000, options);
        FitEstimate large = Vectors(1_000_000, options);

        // An exponent from 1 to 1.1.
        Assert.InRange(large.Seconds / small.Seconds, 10, 12.6);
        Assert.InRange((double)large.PeakBytes / small.PeakBytes, 8, 10);
    }

    [Fact]
    public void Estimate_AutomaticSettingsOfALargeCorpus_CostAtMostHalfMore() =>
        Assert.InRange(Vectors(1_000_000, AutomaticSettings.All).Seconds / Vectors(1_000_000, Bertopic).Seconds, 1, 1.5);

    [Fact]
    public void Estimate_MillionVectors_IsWithinTheBoundOfTheDocumentation() =>
        Assert.InRange(Vectors(1_000_000, Bertopic).PeakBytes, 500_000_000, 1_500_000_000);

    [Fact]
    public void Estimate_CostlierSettings_CostMore()
    {
        FitEstimate usual = Vectors(50_000, Bertopic);

        Assert.True(Vectors(50_000, With(new UmapOptions { NeighborCount = 50 })).Seconds > usual.Seconds);
        Assert.True(Vectors(50_000, With(new UmapOptions { NeighborCount = 50 })).PeakBytes > usual.PeakBytes);
        Assert.True(Vectors(50_000, With(new UmapOptions { ComponentCount = 20 })).Seconds > usual.Seconds);
        Assert.True(Vectors(50_000, With(new UmapOptions { EpochCount = 1000 })).Seconds > usual.Seconds);
        Assert.True(Of(50_000, Bertopic).Seconds > usual.Seconds);
    }

    [Fact]
    public void Estimate_MoreThreads_TakesLessTimeAndTheSameMemory()
    {
        FitWorkload one = new(50_000, 0, Dimension, Bertopic, Threads: 1) { Embeds = false };
        FitEstimate single = FitEstimator.Estimate(one);
        FitEstimate four = FitEstimator.Estimate(one with { Threads = 4 });

        Assert.InRange(single.Seconds / four.Seconds, 3, 4);
        Assert.Equal(single.PeakBytes, four.PeakBytes);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(20)]
    [InlineData(3_000_000_000)]
    public void Estimate_AnyNumberOfDocuments_IsFinite(long documents)
    {
        foreach (TopicModelOptions options in new[] { Bertopic, AutomaticSettings.All with { CalculateProbabilities = true } })
        {
            FitEstimate estimate = Of(documents, options);
            Assert.True(double.IsFinite(estimate.Seconds) && estimate.Seconds >= 0);
            Assert.True(estimate.PeakBytes > 0);
        }
    }

    [Fact]
    public void Estimate_Sample_TakesLessMemory()
    {
        FitEstimate whole = Vectors(1_000_000, Bertopic);
        FitEstimate sampled = Vectors(1_000_000, Bertopic with { Sample = new TopicSample { Size = 100_000 } });

        Assert.Contains(sampled.Stages, static stage => stage.Stage == FitStage.Assignment);
        Assert.True(sampled.PeakBytes < whole.PeakBytes / 3);
    }

    [Fact]
    public void Scaled_FactorByStage_ChangesTimesOnly()
    {
        FitEstimate estimate = Of(20_000, Bertopic);
        FitEstimate scaled = estimate.Scaled(static stage => stage == FitStage.Layout ? 3 : 1);

        double layout = estimate.Stages.Single(static stage => stage.Stage == FitStage.Layout).Seconds;
        Assert.Equal(estimate.Seconds + (2 * layout), scaled.Seconds, 1e-9);
        Assert.Equal(estimate.PeakBytes, scaled.PeakBytes);
    }

    private static TopicModelOptions With(UmapOptions layout) => Bertopic with { Layout = layout, Clusters = new HdbscanOptions() };

    private static FitEstimate Of(long documents, TopicModelOptions options) => FitEstimator.Estimate(
        new FitWorkload(documents, (long)(TextBytesPerDocument * documents), Dimension, options, Threads: 2));

    private static FitEstimate Vectors(long documents, TopicModelOptions options) =>
        FitEstimator.Estimate(new FitWorkload(documents, 0, Dimension, options, Threads: 2) { Embeds = false });
}
