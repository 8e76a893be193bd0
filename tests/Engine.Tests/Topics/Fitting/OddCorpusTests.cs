using System.Globalization;
using TopicGrpc.Engine.Documents;
using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Topics;
using TopicGrpc.Engine.Topics.Fitting;
using TopicGrpc.Engine.Topics.Reports;
using TopicGrpc.Engine.Topics.Settings;
using TopicGrpc.Engine.Words;
using Xunit;

namespace TopicGrpc.Engine.Tests.Topics.Fitting;

/// <summary>Corpora and settings that fit each other badly: a fit adapts and warns, or reports what is wrong.</summary>
public sealed class OddCorpusTests
{
    private static readonly SyntheticCorpus Corpus = new();

    // S01: umap-learn reduces n_neighbors with a warning.
    [Theory]
    [InlineData(15, 12)]
    [InlineData(200, 100)]
    public void Fit_MoreNeighborsThanDocuments_ReducesThemAndWarns(int neighbors, int documents)
    {
        TopicModelOptions options = SyntheticCorpus.Options with
        {
            Layout = new() { NeighborCount = neighbors },
            Clusters = new() { MinClusterSize = 5 },
        };

        TopicModel model = Fit(options, documents, static i => Corpus.Documents[i].Text, static i => Corpus.Embeddings.Row(i).ToArray());

        FitWarning warning = Assert.Single(model.Report.Warnings, static w => w.Code == FitWarning.NeighborsReduced);
        Assert.Contains($"was reduced to {documents - 1}", warning.Message, StringComparison.Ordinal);
        Assert.Equal(documents - 1, model.Options.Layout.NeighborCount);
    }

    // D01
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Fit_IdenticalDocuments_OneTopicThatPredictsItself(bool automatic)
    {
        float[] vector = Corpus.Embeddings.Row(0).ToArray();

        TopicModel model = Fit(
            automatic ? AutomaticSettings.All : SyntheticCorpus.Options, 100, static _ => "rocket launch orbit", _ => vector);

        Assert.Equal([0], model.Topics.Select(static topic => topic.Id));
        Assert.All(model.Assignments, static topic => Assert.Equal(0, topic));
        Assert.Equal(0, model.PredictByCentroid(vector, allTopics: false).TopicId);
        Assert.Contains(model.Report.Warnings, static w => w.Code == FitWarning.IdenticalDocuments);
        Assert.Null(FiniteNumbers.FindViolation(model));
    }

    // D02: BM25 takes the only word as more frequent than the mean.
    [Fact]
    public void Fit_OneWordInAllTexts_IsTheWordOfTheTopics()
    {
        TopicModelOptions options = SyntheticCorpus.Options with { Weights = new() { Bm25Weighting = true } };

        TopicModel model = Fit(options, Corpus.Documents.Count, static _ => "test test", static i => Corpus.Embeddings.Row(i).ToArray());

        Assert.All(model.Topics.Where(static topic => topic.Id >= 0), static topic => Assert.Equal("test", topic.Words[0].Term));
        Assert.Contains(model.Report.Warnings, static w => w.Code == FitWarning.WeightingIgnored);
    }

    // S05
    [Fact]
    public void Fit_VocabularyWithoutAWordOfTheTexts_Warns()
    {
        TopicModel model = Corpus.Fit(SyntheticCorpus.Options with { Words = new() { Vocabulary = ["absent", "missing"] } });

        FitWarning warning = Assert.Single(model.Report.Warnings, static w => w.Code == FitWarning.TopicsWithoutWords);
        Assert.Contains("vectorizer.vocabulary", warning.Message, StringComparison.Ordinal);
    }

    // S07
    [Fact]
    public void Fit_LimitsThatExcludeEachOther_WarnsWithoutNamesOfDotNet()
    {
        WordOptions words = new() { MinTopicFrequency = FrequencyLimit.Count(10), MaxTopicFrequency = FrequencyLimit.Share(0) };

        TopicModel model = Corpus.Fit(SyntheticCorpus.Options with { Words = words });

        FitWarning warning = Assert.Single(model.Report.Warnings, static w => w.Code == FitWarning.VocabularyLimits);
        Assert.DoesNotContain("(Parameter", warning.Message, StringComparison.Ordinal);
    }

    // D03
    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("a b c")]
    [InlineData("\U0001F600 \u200B")]
    public void Fit_TextsWithoutWords_SaysWhatToCheck(string text)
    {
        VocabularyException fault = Assert.Throws<VocabularyException>(() =>
            Fit(SyntheticCorpus.Options, Corpus.Documents.Count, _ => text, static i => Corpus.Embeddings.Row(i).ToArray()));

        Assert.EndsWith("Check that the documents have the right texts, or use fewer stop words.", fault.Message, StringComparison.Ordinal);
        TopicModelTrainer trainer = new(SyntheticCorpus.Options);
        VocabularyException before = Assert.Throws<VocabularyException>(() => trainer.RequireWords([new Document("d", text)]));
        Assert.Equal(fault.Message, before.Message);
    }

    // D03
    [Fact]
    public void RequireWords_OneTextWithAWordOrAGivenVocabulary_IsEnough()
    {
        new TopicModelTrainer(SyntheticCorpus.Options).RequireWords([new Document("a", ""), new Document("b", "x rocket")]);
        new TopicModelTrainer(SyntheticCorpus.Options with { Words = new() { Vocabulary = ["rocket"] } })
            .RequireWords([new Document("a", "")]);
    }

    // S15
    [Theory]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NaN)]
    public void FindViolation_NumberThatIsNotFinite_NamesThePart(double wrong)
    {
        TopicModel model = Corpus.Fit();
        double[] centroids = [.. model.State.TopicCentroids];
        centroids[^1] = wrong;
        TopicWord[] words = [new TopicWord("rocket", wrong), .. model.Topics[0].Words.Skip(1)];

        Assert.Null(FiniteNumbers.FindViolation(model));
        Assert.Equal("the centroids of the topics", Find(model.State with { TopicCentroids = centroids }));
        Assert.Equal(
            "the weights of the words", Find(model.State with { InverseFrequencies = [wrong, .. model.InverseFrequencies.Skip(1)] }));
        Assert.Equal(
            "the probabilities of the documents",
            Find(model.State with { ClusterStrengths = [wrong, .. model.State.ClusterStrengths.Skip(1)] }));
        Assert.StartsWith(
            "the words of topic ",
            Find(model.State with { Topics = [model.Topics[0] with { Words = words }, .. model.Topics.Skip(1)] }),
            StringComparison.Ordinal);
    }

    private static string? Find(TopicModelState state) => FiniteNumbers.FindViolation(new TopicModel(state));

    private static TopicModel Fit(TopicModelOptions options, int count, Func<int, string> text, Func<int, float[]> vector)
    {
        Matrix embeddings = new(count, SyntheticCorpus.Embedder.Dimension);
        List<Document> documents = [];
        for (int i = 0; i < count; i++)
        {
            documents.Add(new Document(string.Create(CultureInfo.InvariantCulture, $"{i:D4}"), text(i)));
            vector(i).CopyTo(embeddings.Row(i));
        }

        return new TopicModelTrainer(options).Fit(
            documents, embeddings, SyntheticCorpus.Embedder, ComputeOptions.Default, progress: null, CancellationToken.None);
    }
}
