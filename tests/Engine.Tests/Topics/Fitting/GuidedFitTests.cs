using TopicGrpc.Engine.Archive;
using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Tests.Archive;
using TopicGrpc.Engine.Tests.Topics.Representations;
using TopicGrpc.Engine.Topics;
using TopicGrpc.Engine.Topics.Fitting;
using TopicGrpc.Engine.Topics.Operations;
using TopicGrpc.Engine.Topics.Settings;
using Xunit;

namespace TopicGrpc.Engine.Tests.Topics.Fitting;

public sealed class GuidedFitTests
{
    private static readonly SyntheticCorpus Corpus = new();
    private static readonly TopicModelOptions Options = SyntheticCorpus.Options with { CalculateProbabilities = false };

    /// <summary>A word of each theme, pointing where the vectors of its documents point.</summary>
    private static readonly string[] ThemeWords = ["graphics", "hockey", "rocket", "recipe"];

    /// <summary>Documents of each theme; the corpus lists them theme after theme.</summary>
    private static readonly int[] Sizes = [60, 45, 35, 30];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void Fit_ManualTopics_AreNumberedBySizeAndNamed()
    {
        Dictionary<string, string> topics = Classes(theme => theme < 3 ? $"Z{9 - theme}" : null);

        TopicModel model = Fit(Options, new TopicGuidance { ManualTopics = topics });

        Assert.Equal([null, "Z9", "Z8", "Z7"], model.Topics.Select(topic => topic.CustomLabel));
        Assert.Equal([30, 60, 45, 35], model.Topics.Select(topic => topic.Count));
        Assert.Equal("Z8", model.Topics[2].Name);
        Assert.Contains("hockey", model.Topics[2].Words.Select(word => word.Term));
        Assert.False(model.HasDensity);
        Assert.All(
            Enumerable.Range(0, 60), row => Assert.Equal(0, model.PredictByCentroid(Corpus.Embeddings.Row(row), allTopics: false).TopicId));
    }

    [Fact]
    public void Fit_ManualTopicsReduced_MergesTheNearest()
    {
        Dictionary<string, string> topics = Classes(theme => ThemeWords[theme]);
        foreach (int row in Enumerable.Range(0, 20))
        {
            topics[Corpus.Documents[row].Id] = "other graphics";
        }

        TopicModel model = Fit(Options with { Reduction = TopicReduction.To(4) }, new TopicGuidance { ManualTopics = topics });

        Assert.Equal([null, "hockey", "rocket", "recipe"], model.Topics.Select(topic => topic.CustomLabel));
        Assert.Equal(60, model.Topics[0].Count);
    }

    [Fact]
    public void Fit_ClassOfAnUnknownDocument_IsRefused()
    {
        TopicGuidance guidance = new() { ManualTopics = new Dictionary<string, string> { ["nowhere"] = "x" } };

        Assert.Contains("nowhere", Assert.Throws<ArgumentException>(() => Fit(Options, guidance)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Fit_Targets_PullOneThemeApart()
    {
        Dictionary<string, string> targets = [];
        for (int row = 0; row < Sizes[0]; row++)
        {
            targets[Corpus.Documents[row].Id] = row % 2 == 0 ? "even" : "odd";
        }

        int[] even = TopicsOf(Fit(Options, new TopicGuidance { Targets = targets }), row => row < Sizes[0] && row % 2 == 0);
        int[] odd = TopicsOf(Fit(Options, new TopicGuidance { Targets = targets }), row => row < Sizes[0] && row % 2 == 1);
        int[] free = TopicsOf(Fit(Options, TopicGuidance.None), row => row < Sizes[0]);

        Assert.Single(free.Where(topic => topic >= 0).Distinct());
        Assert.Empty(even.Where(topic => topic >= 0).Intersect(odd.Where(topic => topic >= 0)));
    }

    [Fact]
    public void Fit_SeedTopics_RaiseTheirWordsAndLeaveTheVectorsAlone()
    {
        float[] before = [.. Corpus.Embeddings.Values];
        TopicModel plain = Fit(Options, TopicGuidance.None);

        TopicModel guided = Fit(
            Options with { SeedTopics = [["hockey", "unknown"], ["rocket"]] }, new TopicGuidance { Embedder = Encoder() });

        Assert.Equal(before, Corpus.Embeddings.Values);
        Assert.NotEqual(plain.Layout!.TrainingRows.Values, guided.Layout!.TrainingRows.Values);
        Assert.Equal(plain.Assignments, guided.Assignments);
        Assert.All(plain.Vocabulary.Terms.Select((term, column) => (term, column)), entry =>
            Assert.Equal(
                (entry.term is "hockey" or "rocket" ? 1.2 : 1) * plain.InverseFrequencies[entry.column],
                guided.InverseFrequencies[entry.column],
                12));
    }

    [Fact]
    public void Fit_ZeroShotTopics_ComeFirstAndTheRestIsClustered()
    {
        TopicModel model = Fit(
            Options with { ZeroShotTopics = ["unlikely", "hockey", "graphics"] }, new TopicGuidance { Embedder = Encoder() });

        Topic[] topics = [.. model.Topics.Where(topic => topic.Id >= 0)];
        Assert.Equal(["hockey", "graphics", null, null], topics.Select(topic => topic.CustomLabel));
        Assert.Equal([45, 60], topics.Take(2).Select(topic => topic.Count));
        Assert.False(model.HasDensity);
        Assert.Equal(0, model.PredictByCentroid(Corpus.Embeddings.Row(70), allTopics: false).TopicId);
        Assert.All(model.Strengths, strength => Assert.InRange(strength, 0.5, 1));
    }

    [Fact]
    public void Fit_NoDocumentNearAZeroShotTopic_FitsAsWithout()
    {
        TopicModel model = Fit(Options with { ZeroShotTopics = ["unlikely"] }, new TopicGuidance { Embedder = Encoder() });

        Assert.True(model.HasDensity);
        Assert.Equal(Fit(Options, TopicGuidance.None).Assignments, model.Assignments);
    }

    [Fact]
    public void Load_ZeroShotModel_PredictsTheSame()
    {
        using ArchiveFolder folder = new();
        TopicModel model = Fit(
            Options with { ZeroShotTopics = ["hockey"], SeedTopics = [["rocket", "moon"]] }, new TopicGuidance { Embedder = Encoder() });
        ModelArchive.Save(model, folder.Model, Token);

        TopicModel loaded = ModelArchive.Load(folder.Model, Token);

        Assert.Equal(["hockey"], loaded.Options.ZeroShotTopics);
        Assert.Equal(["rocket", "moon"], Assert.Single(loaded.Options.SeedTopics));
        Assert.Equal("hockey", loaded.Topics[loaded.OutlierOffset].CustomLabel);
        Assert.Equal(
            model.PredictByCentroid(Corpus.Embeddings.Row(0), allTopics: true).TopicProbabilities,
            loaded.PredictByCentroid(Corpus.Embeddings.Row(0), allTopics: true).TopicProbabilities);
    }

    [Fact]
    public void Load_ManualTopics_StillHasTheVectorsThatOperationsNeed()
    {
        using ArchiveFolder folder = new();
        ModelArchive.Save(Fit(Options, new TopicGuidance { ManualTopics = Classes(theme => ThemeWords[theme]) }), folder.Model, Token);

        TopicModel loaded = ModelArchive.Load(folder.Model, Token);
        TopicModel again = new UpdateTopics { Classes = Classes(theme => theme < 2 ? "both" : "rest") }.Apply(
            loaded, Corpus.Documents, new ComputeOptions { Threads = 1 }, Token);

        Assert.Equal(Corpus.Documents.Count, loaded.DocumentVectors!.Rows);
        Assert.Equal(["both", "rest"], again.Topics.Select(topic => topic.CustomLabel));
        Assert.NotEmpty(ModelSelfTest.Record(loaded).Probabilities);
    }

    [Fact]
    public void Fit_SeedTopicsWithoutTheEncoder_IsRefused()
    {
        TopicModelOptions options = Options with { SeedTopics = [["hockey"]] };
        TableEmbedder other = new(16, new string('b', 64), new Dictionary<string, float[]>());

        Assert.Throws<ArgumentException>(() => Fit(options, TopicGuidance.None));
        Assert.Contains(
            new string('b', 64),
            Assert.Throws<ArgumentException>(() => Fit(options, new TopicGuidance { Embedder = other })).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Create_SettingsThatCannotBe_AreRefused()
    {
        Assert.Throws<ArgumentException>(() => new TopicModelTrainer(Options with { SeedTopics = [[]] }));
        Assert.Throws<ArgumentException>(() => new TopicModelTrainer(Options with { ZeroShotTopics = [" "] }));
        Assert.Throws<ArgumentException>(
            () => new TopicModelTrainer(Options with { ZeroShotTopics = ["a"], Reduction = TopicReduction.To(3) }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TopicModelTrainer(Options with { ZeroShotMinSimilarity = 2 }));
    }

    private static TopicModel Fit(TopicModelOptions options, TopicGuidance guidance) => new TopicModelTrainer(options)
        .Fit(Corpus.Input with { Guidance = guidance }, new ComputeOptions { Threads = 2 }, progress: null, Token);

    private static TableEmbedder Encoder() => new(
        16,
        SyntheticCorpus.Embedder.Sha256,
        Enumerable.Range(0, ThemeWords.Length).ToDictionary(
            theme => ThemeWords[theme], theme => Enumerable.Range(0, 16).Select(i => i == 3 * theme ? 1f : 0f).ToArray()));

    private static Dictionary<string, string> Classes(Func<int, string?> nameOf)
    {
        Dictionary<string, string> classes = [];
        int row = 0;
        for (int theme = 0; theme < Sizes.Length; theme++)
        {
            for (int i = 0; i < Sizes[theme]; i++, row++)
            {
                if (nameOf(theme) is { } name)
                {
                    classes[Corpus.Documents[row].Id] = name;
                }
            }
        }

        return classes;
    }

    private static int[] TopicsOf(TopicModel model, Func<int, bool> wanted)
    {
        List<string> ids = [.. model.DocumentIds];
        return
        [
            .. Enumerable.Range(0, Corpus.Documents.Count)
                .Where(wanted)
                .Select(row => model.Assignments[ids.IndexOf(Corpus.Documents[row].Id)]),
        ];
    }
}
