using Google.Protobuf.WellKnownTypes;
using TopicGrpc.Client.Fits;
using TopicGrpc.Client.Settings;

namespace TopicGrpc.Client.Sdk.Tests.Mapping;

public sealed class FitReportTests
{
    [Fact]
    public void Map_Figures_ComeAsTheyWereSent()
    {
        FitReport report = FitMapping.Map(new V1.FitReport
        {
            StageTimes =
            {
                new V1.FitReport.Types.StageTime
                {
                    Stage = V1.Fit.Types.Stage.Quality,
                    Duration = Duration.FromTimeSpan(TimeSpan.FromSeconds(2)),
                    DocumentsPerSecond = 50,
                },
            },
            Quality = new V1.FitQuality
            {
                TopicCount = 2,
                OutlierShare = 0.25,
                LargestTopicSize = 40,
                LargestTopicShare = 0.5,
                Diversity = 0.75,
                Coherences =
                {
                    new V1.FitQuality.Types.Coherence { Measure = "c_npmi", Mean = 0.125, TopicScores = { { 0, 0.25 }, { 1, 0 } } },
                    new V1.FitQuality.Types.Coherence { Measure = "c_v" },
                },
                TopicPersistences = { { 1, 0.5 } },
                Agreement = new V1.FitQuality.Types.Agreement { Share = 0.875, SampleSize = 80 },
                Seed = 7,
                EncoderSha256 = "ab",
            },
        });

        Assert.Equal(new StageTime(FitStage.Quality, TimeSpan.FromSeconds(2), 50), Assert.Single(report.Stages));
        FitQuality quality = report.Quality!;
        Assert.Equal(
            (2, 0.25, 40L, 0.5, 0.75, 7L, "ab"),
            (
                quality.TopicCount,
                quality.OutlierShare,
                quality.LargestTopicSize,
                quality.LargestTopicShare,
                quality.Diversity,
                quality.Seed,
                quality.EncoderSha256));
        Assert.Equal(0.125, quality.CoherenceBy(CoherenceMeasures.Npmi));
        Assert.Null(quality.CoherenceBy(CoherenceMeasures.ContextVector));
        Assert.Null(quality.CoherenceBy(CoherenceMeasures.Umass));
        Assert.Equal(new Dictionary<int, double> { [0] = 0.25, [1] = 0 }, quality.Coherences[0].TopicScores);
        Assert.Equal(new Dictionary<int, double> { [1] = 0.5 }, quality.TopicPersistences);
        Assert.Equal(new PredictionAgreement(0.875, 80), quality.Agreement);
    }

    [Fact]
    public void Map_Sample_ComesAsItWasSent()
    {
        FitSample sample = FitMapping.Map(new V1.FitReport
        {
            Sample = new V1.FitReport.Types.Sample
            {
                Size = 200,
                StratumCount = 2,
                Strata = { new V1.FitReport.Types.Sample.Types.Stratum { Name = "mail", DocumentCount = 900, SampledCount = 150 } },
                SampledOutlierShare = 0.125,
                AssignedOutlierShare = 0.25,
                SampledMeanProbability = 0.75,
                AssignedMeanProbability = 0.5,
                SizeDifference = 0.0625,
                AddedTopicCount = 3,
            },
        }).Sample!;

        Assert.Equal((200L, 2, 3), (sample.Size, sample.StratumCount, sample.AddedTopicCount));
        Assert.Equal(new SampleStratum("mail", 900, 150), Assert.Single(sample.Strata));
        Assert.Equal((0.125, 0.25), (sample.SampledOutlierShare, sample.AssignedOutlierShare));
        Assert.Equal(
            (0.75, 0.5, 0.0625), (sample.SampledMeanProbability, sample.AssignedMeanProbability, sample.SizeDifference));
    }

    [Fact]
    public void Map_WhatIsAbsent_IsNull()
    {
        Assert.Null(FitMapping.Map(new V1.FitReport()).Quality);
        Assert.Null(FitMapping.Map(new V1.FitReport()).Sample);
        FitQuality empty = FitMapping.Map(new V1.FitReport { Quality = new V1.FitQuality() }).Quality!;

        Assert.Null(empty.Diversity);
        Assert.Null(empty.Agreement);
        Assert.Empty(empty.Coherences);
    }
}
