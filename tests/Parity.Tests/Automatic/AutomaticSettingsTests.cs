using System.Globalization;
using TopicGrpc.Engine.Documents;
using TopicGrpc.Engine.Embeddings;
using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Topics;
using TopicGrpc.Engine.Topics.Fitting;
using TopicGrpc.Engine.Topics.Quality;
using TopicGrpc.Engine.Topics.Settings;
using TopicGrpc.Parity.Inputs;
using Xunit;

namespace TopicGrpc.Parity.Tests.Automatic;

/// <summary>Guarantees of automatic settings, on the sample; <c>bench/Settings</c> measures 20 Newsgroups and more seeds.</summary>
public sealed class AutomaticSettingsTests
{
    private const string Corpus = "state-of-the-union";
    private const int FewestTopics = 15;
    private const int MostTopics = 60;
    private const double LeastNpmi = 0.10;
    private const double LeastDiversity = 0.80;

    /// <summary>Below the target of 0.85 for five seeds, because this is a single pair of seeds.</summary>
    private const double LeastAgreement = 0.80;

    [Fact]
    public void Fit_Addresses_GivesTopicsThatHoldTogetherForTwoSeeds()
    {
        Matrix embeddings = EmbeddingFile.Read(GoldenData.Find(Corpus, "embeddings").FileOf("embeddings"));
        Document[] documents =
        [
            .. GoldenData.Documents(Corpus).Select((text, line) => new Document(line.ToString("D8", CultureInfo.InvariantCulture), text)),
        ];

        TopicModel first = Fit(documents, embeddings, seed: 42);
        TopicModel second = Fit(documents, embeddings, seed: 43);

        IReadOnlyList<string>[] words =
        [
            .. first.Topics.Where(topic => topic.Id >= 0).Select(topic => topic.Words.Select(word => word.Term).ToArray()),
        ];
        Assert.InRange(first.Report.Topics, FewestTopics, MostTopics);
        Assert.InRange(second.Report.Topics, FewestTopics, MostTopics);
        Assert.InRange(Npmi(words, documents), LeastNpmi, 1);
        Assert.InRange(TopicDiversity.Compute(words), LeastDiversity, 1);
        Assert.InRange(Partitions.AdjustedMutualInformation(first.Assignments, second.Assignments), LeastAgreement, 1);
    }

    private static TopicModel Fit(Document[] documents, Matrix embeddings, long seed)
    {
        TopicModelOptions options = AutomaticSettings.All with { Layout = AutomaticSettings.All.Layout with { Seed = seed } };
        EmbedderInfo embedder = new("recorded", "full", new string('0', 64), embeddings.Columns, 256);
        return new TopicModelTrainer(options).Fit(
            documents, embeddings, embedder, ComputeOptions.Default, progress: null, TestContext.Current.CancellationToken);
    }

    private static double Npmi(IReadOnlyList<string>[] words, Document[] documents) =>
        TopicCoherence.Compute(
            [CoherenceMeasure.Npmi],
            words,
            Array.ConvertAll(documents, document => document.Text),
            ComputeOptions.Default,
            TestContext.Current.CancellationToken)[0].Mean ?? double.NaN;
}
