using TopicGrpc.Engine.Documents;
using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Topics;
using TopicGrpc.Engine.Topics.Fitting;
using TopicGrpc.Engine.Topics.Reports;
using TopicGrpc.Engine.Topics.Settings;
using TopicGrpc.Engine.Words;
using Xunit;

namespace TopicGrpc.Engine.Tests.Topics.Fitting;

public sealed class TopicModelTrainerTests
{
    private static readonly SyntheticCorpus Corpus = new();
    private static readonly TopicModel Model = Corpus.Fit();

    [Fact]
    public void Fit_FourThemes_FindsThemBySize()
    {
        Topic[] topics = [.. Model.Topics.Where(topic => topic.Id >= 0)];

        Assert.Equal(4, topics.Length);
        Assert.Equal(topics.Select(topic => topic.Count).OrderDescending(), topics.Select(topic => topic.Count));
        Assert.Contains(topics[0].Words[0].Term, (string[])["graphics", "card", "driver", "render", "pixel"]);
        Assert.All(topics, topic => Assert.Equal(3, topic.RepresentativeDocuments.Count));
        Assert.Equal(Model.Topics.Sum(topic => topic.Count), Corpus.Documents.Count);
        Assert.Empty(Model.Report.Warnings);
        Assert.Equal(5, Model.Report.Stages.Count);
    }

    [Fact]
    public void Fit_OtherOrderOrThreads_GivesTheSameBits()
    {
        foreach (TopicModel other in new[] { Corpus.FitReversed(), Corpus.Fit(threads: 1) })
        {
            Assert.Equal(Model.DocumentIds, other.DocumentIds);
            Assert.Equal(Model.Assignments, other.Assignments);
            Assert.Equal(Model.Strengths, other.Strengths);
            Assert.Equal(Model.Probabilities!.Values, other.Probabilities!.Values);
            Assert.Equal(Model.TermWeights.Values, other.TermWeights.Values);
            Assert.Equal(Model.State.TopicCentroids, other.State.TopicCentroids);
        }
    }

    [Fact]
    public void Predict_TrainingVectors_GivesTheirTopicsAloneAsInParallel()
    {
        var together = new TopicPrediction[Corpus.Documents.Count];
        Parallel.For(0, together.Length, row => together[row] = Model.Predict(Corpus.Embeddings.Row(row), allTopics: true));
        int agreeing = 0;
        for (int row = 0; row < together.Length; row++)
        {
            TopicPrediction alone = Model.Predict(Corpus.Embeddings.Row(row), allTopics: true);
            Assert.Equal(alone.TopicId, together[row].TopicId);
            Assert.Equal(alone.Probability, together[row].Probability);
            Assert.Equal(alone.TopicProbabilities, together[row].TopicProbabilities);
            Assert.Equal(1, alone.TopicProbabilities.Sum() + alone.OutlierProbability, 12);
            int place = ((List<string>)[.. Model.DocumentIds]).IndexOf(Corpus.Documents[row].Id);
            agreeing += alone.TopicId == Model.Assignments[place] ? 1 : 0;
        }

        Assert.True(agreeing > 0.9 * together.Length, $"{agreeing} of {together.Length} agree.");
    }

    [Fact]
    public void Predict_VectorWithoutPlace_IsAnOutlier()
    {
        float[] vector = new float[16];
        vector[3] = float.NaN;

        TopicPrediction answer = Model.Predict(vector, allTopics: true);

        Assert.Equal(-1, answer.TopicId);
        Assert.Equal(1, answer.OutlierProbability);
        Assert.Equal(-1, Model.Predict(vector, allTopics: false).TopicId);
    }

    [Fact]
    public void Predict_WrongLength_Throws() => Assert.Throws<ArgumentException>(() => Model.Predict(new float[3], allTopics: false));

    [Fact]
    public void PredictByCentroid_TrainingVectors_GivesTheirTopics()
    {
        TopicPrediction answer = Model.PredictByCentroid(Corpus.Embeddings.Row(0), allTopics: true);

        Assert.Equal(0, answer.TopicId);
        Assert.Equal(answer.Probability, answer.TopicProbabilities[0]);
    }

    [Fact]
    public void Fit_ReducedToThree_AddsProbabilitiesAndColumns()
    {
        int wanted = 3 + Model.OutlierOffset;

        TopicModel reduced = Corpus.Fit(SyntheticCorpus.Options with { Reduction = TopicReduction.To(wanted) });

        Assert.Equal(wanted, reduced.Topics.Count);
        Assert.Equal(4, reduced.Mapper.Columns);
        Assert.Equal(3, reduced.Probabilities!.Columns);
        Assert.Equal(Model.Probabilities!.Row(0).ToArray().Sum(), reduced.Probabilities.Row(0).ToArray().Sum(), 5);
    }

    [Fact]
    public void Fit_ReductionAboveTheNumberFound_IsTheFitWithoutOne()
    {
        TopicModel reduced = Corpus.Fit(SyntheticCorpus.Options with { Reduction = TopicReduction.To(50) });

        Assert.Equal(Model.Assignments, reduced.Assignments);
        Assert.Equal(Model.State.TopicCentroids, reduced.State.TopicCentroids);
        Assert.Equal(Model.Probabilities!.Values, reduced.Probabilities!.Values);
    }

    [Fact]
    public void Fit_LimitsThatLeaveNoWord_FallsBackWithAWarning()
    {
        WordOptions words = new() { MinTopicFrequency = FrequencyLimit.Count(50) };

        TopicModel model = Corpus.Fit(SyntheticCorpus.Options with { Words = words });

        Assert.Equal([FitWarning.VocabularyLimits], model.Report.Warnings.Select(warning => warning.Code));
        Assert.NotEqual(string.Empty, model.Topics[^1].Words[0].Term);
    }

    [Fact]
    public void Fit_TooFewDocuments_SaysHowManyAreNeeded()
    {
        Document[] documents = [.. Corpus.Documents.Take(6)];
        Matrix vectors = new(6, 16);

        ArgumentException problem = Assert.Throws<ArgumentException>(() => new TopicModelTrainer(SyntheticCorpus.Options)
            .Fit(documents, vectors, SyntheticCorpus.Embedder, ComputeOptions.Default, null, TestContext.Current.CancellationToken));

        Assert.Contains("6 documents are too few to fit: at least 10", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Fit_RepeatedId_NamesIt()
    {
        Document[] documents = [.. Corpus.Documents.Skip(1), Corpus.Documents[1]];

        ArgumentException problem = Assert.Throws<ArgumentException>(() => new TopicModelTrainer(SyntheticCorpus.Options)
            .Fit(
                documents,
                Corpus.Embeddings,
                SyntheticCorpus.Embedder,
                ComputeOptions.Default,
                null,
                TestContext.Current.CancellationToken));

        Assert.Contains(Corpus.Documents[1].Id, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Fit_OneThemeFarLarger_WarnsOfTheCollapse()
    {
        TopicModelOptions options =
            SyntheticCorpus.Options with { Clusters = new() { MinClusterSize = 10, SelectionEpsilon = 1e6, AllowSingleCluster = true } };

        FitReport report = Corpus.Fit(options).Report;

        FitWarning warning = Assert.Single(report.Warnings, warning => warning.Code == FitWarning.Collapse);
        Assert.Contains("cluster_selection_epsilon 0 gives 4 topics", warning.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("gives 1 topics", warning.Message, StringComparison.Ordinal);
        Assert.Equal(4, Corpus.Fit(options with { Clusters = options.Clusters with { SelectionEpsilon = 0 } }).Report.Topics);
    }
}
