using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Topics;
using TopicGrpc.Engine.Topics.Operations;
using TopicGrpc.Engine.Topics.Reports;
using TopicGrpc.Engine.Topics.Settings;
using Xunit;

namespace TopicGrpc.Engine.Tests.Topics.Fitting;

public sealed class SampledFitTests
{
    private static readonly SampledCorpus Corpus = new();
    private static readonly TopicModel Fitted = Corpus.Fit();

    [Fact]
    public void Fit_Sample_HasEveryDocumentAndOnlyTheSampleInTheLayout()
    {
        Assert.Equal(Corpus.Documents.Count, Fitted.Assignments.Length);
        Assert.Equal(150, Fitted.Layout!.Embedding.Rows);
        Assert.Equal(150, Fitted.Clusters!.State.Points.Rows);
        Assert.Equal(150, Fitted.Report.Sample!.Size);
        Assert.Equal(Corpus.Documents.Count, Fitted.Topics.Sum(static topic => topic.Count));
        Assert.Equal(Corpus.Documents.Count, Fitted.Positions!.Rows);
    }

    [Fact]
    public void Fit_Sample_FindsThePlantedGroupsForAllDocuments()
    {
        int correct = 0;
        for (int group = 0; group < SampledCorpus.Large; group++)
        {
            int[] topics = [.. Fitted.Assignments.Where((_, row) => Corpus.Groups[row] == group)];
            correct += topics.Where(static topic => topic >= 0).GroupBy(static topic => topic).Max(static same => same.Count());
        }

        Assert.InRange(correct, SampledCorpus.Large * SampledCorpus.Each * 9 / 10, SampledCorpus.Large * SampledCorpus.Each);
    }

    [Fact]
    public void Fit_Sample_AssignsAsPredictDoes()
    {
        HashSet<int> sampled = [.. Fitted.State.Sample!.Rows];
        HashSet<int> refined = [.. Fitted.State.Refinements.SelectMany(static refinement => refinement.Rows)];
        int compared = 0;
        for (int row = 0; row < Corpus.Documents.Count; row++)
        {
            if (!sampled.Contains(row) && !refined.Contains(row))
            {
                TopicPrediction answer = Fitted.Predict(Corpus.Vectors.Row(row), allTopics: false);
                Assert.Equal(Fitted.Assignments[row], answer.TopicId);
                Assert.Equal(Fitted.Strengths[row], answer.Probability);
                compared++;
            }
        }

        Assert.InRange(compared, 300, Corpus.Documents.Count);
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(3, true)]
    public void Fit_OtherThreadsAndOrder_SameBits(int threads, bool reversed)
    {
        TopicModel other = Corpus.Fit(threads: threads, reversed: reversed);

        Assert.Equal(Fitted.Assignments, other.Assignments);
        Assert.Equal(Fitted.Strengths, other.Strengths);
        Assert.Equal(Fitted.State.Sample!.Rows, other.State.Sample!.Rows);
        Assert.Equal(Fitted.State.Sample.Positions.Values, other.State.Sample.Positions.Values);
        Assert.Equal(Fitted.State.TopicCentroids, other.State.TopicCentroids);
        Assert.Equal(Fitted.TermWeights.Values, other.TermWeights.Values);
        Assert.Equal(Fitted.Topics.Select(static topic => topic.Uid), other.Topics.Select(static topic => topic.Uid));
    }

    [Fact]
    public void Fit_CorpusOfTheSize_IsAFitOfAllDocuments()
    {
        TopicModelOptions options = SampledCorpus.Options with { Sample = new TopicSample { Size = Corpus.Documents.Count } };
        TopicModel sampled = Corpus.Fit(options);
        TopicModel whole = Corpus.Fit(options with { Sample = null });

        Assert.Null(sampled.Report.Sample);
        Assert.Null(sampled.State.Sample);
        Assert.Equal(whole.Assignments, sampled.Assignments);
        Assert.Equal(whole.TermWeights.Values, sampled.TermWeights.Values);
    }

    [Fact]
    public void Fit_Sample_CountsWordsOverAllDocuments()
    {
        string[] terms = [.. Fitted.Vocabulary.Terms];

        Assert.All(
            Enumerable.Range(0, Corpus.Documents.Count), row => Assert.Contains($"unique{row}", terms));
    }

    [Fact]
    public void Fit_TopicTooRareForTheSample_IsFoundAmongTheOutliers()
    {
        int[] rare = [.. Enumerable.Range(0, Corpus.Groups.Length).Where(row => Corpus.Groups[row] == SampledCorpus.Large)];
        var topic = rare.GroupBy(row => Fitted.Assignments[row]).MaxBy(static same => same.Count())!;

        Assert.Equal(1, Fitted.Report.Sample!.AddedTopics);
        Assert.NotEqual(-1, topic.Key);
        Assert.InRange(topic.Count(), SampledCorpus.Rare / 2, SampledCorpus.Rare);
        Assert.Equal(topic.Count(), Fitted.Find(topic.Key)!.Count);
        Assert.StartsWith("t", Fitted.Find(topic.Key)!.Uid, StringComparison.Ordinal);
        Assert.Equal("wordg", Fitted.Find(topic.Key)!.Words[0].Term);
    }

    [Fact]
    public void Fit_Sample_NumbersTopicsBySize() =>
        Assert.Equal(
            Fitted.Topics.Where(static topic => topic.Id >= 0).Select(static topic => topic.Count).OrderDescending(),
            Fitted.Topics.Where(static topic => topic.Id >= 0).Select(static topic => topic.Count));

    [Fact]
    public void Fit_Probabilities_SumToAtMostOneForAllDocuments()
    {
        TopicModel model = Corpus.Fit(SampledCorpus.Options with { CalculateProbabilities = true });

        Assert.Equal(Corpus.Documents.Count, model.Probabilities!.Rows);
        Assert.Equal(model.Topics.Count - model.OutlierOffset, model.Probabilities.Columns);
        for (int row = 0; row < model.Probabilities.Rows; row++)
        {
            Assert.InRange(model.Probabilities.Row(row).ToArray().Sum(), 0f, 1.0001f);
        }
    }

    [Fact]
    public void Fit_OutlierPolicyAll_LeavesNoOutlier()
    {
        TopicModel model = Corpus.Fit(SampledCorpus.Options with { OutlierPolicy = OutlierPolicy.All });

        Assert.DoesNotContain(-1, model.Assignments);
        Assert.Equal(0, model.OutlierOffset);
    }

    [Fact]
    public void Fit_SameTextAsASampledDocument_GetsItsTopic()
    {
        int sampled = Fitted.State.Sample!.Rows.First(row => Fitted.Assignments[row] >= 0);
        TopicAnswer answer = Fitted.Answer(Corpus.Vectors.Row(sampled), new TopicQuestion(ByCentroid: false, AllTopics: false, Text: null));

        Assert.True(answer.IsKnown);
        Assert.Equal(sampled, answer.DocumentRow);
    }

    [Fact]
    public void Report_Sample_ComparesTheAssignedDocuments()
    {
        SampleReport report = Fitted.Report.Sample!;
        int[] sampled = Fitted.State.Sample!.Rows;
        int[] assigned = [.. Enumerable.Range(0, Corpus.Documents.Count).Except(sampled)];

        Assert.Equal(1, report.StratumCount);
        Assert.Equal(new SampleStratum("", Corpus.Documents.Count, 150), Assert.Single(report.Strata));
        Assert.Equal(OutlierShare(sampled), report.SampledOutlierShare, 12);
        Assert.Equal(OutlierShare(assigned), report.AssignedOutlierShare, 12);
        Assert.InRange(report.SizeDifference, 0.0001, 0.3);
        Assert.InRange(report.AssignedMeanProbability, 0.3, 1);
        Assert.Contains(Fitted.Report.Stages, static stage => stage.Stage == FitStage.Assignment);

        static double OutlierShare(int[] rows) => (double)rows.Count(static row => Fitted.Assignments[row] < 0) / rows.Length;
    }

    [Fact]
    public void Operations_SampledModel_KeepEveryDocument()
    {
        TopicOperation[] operations =
        [
            new MergeTopics([[0, 1]]),
            new SplitTopic(0, MinClusterSize: 10),
            new UpdateTopics(),
            new ReduceTopics(TopicReduction.To(4)),
        ];
        foreach (TopicOperation operation in operations)
        {
            TopicModel changed = operation.Apply(
                Fitted, Corpus.Documents, ComputeOptions.Default, TestContext.Current.CancellationToken);

            Assert.Equal(Corpus.Documents.Count, changed.Topics.Sum(static topic => topic.Count));
            Assert.Equal(Fitted.State.Sample!.Rows, changed.State.Sample!.Rows);
            Assert.InRange(changed.Predict(Corpus.Vectors.Row(3), allTopics: false).TopicId, -1, changed.Topics.Count);
        }
    }

    [Theory]
    [InlineData(99, 0, "sample.size")]
    [InlineData(150, -1, "sample.time_strata")]
    [InlineData(150, 1001, "sample.time_strata")]
    public void Constructor_SampleOutOfRange_NamesTheSetting(int size, int strata, string setting)
    {
        TopicModelOptions options = SampledCorpus.Options with { Sample = new TopicSample { Size = size, TimeStrata = strata } };

        ArgumentException problem = Assert.ThrowsAny<ArgumentException>(() => Corpus.Fit(options));

        Assert.Contains(setting, problem.Message, StringComparison.Ordinal);
    }
}
