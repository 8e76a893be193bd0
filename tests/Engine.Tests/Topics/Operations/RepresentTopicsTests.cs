using TopicGrpc.Engine.Archive;
using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Tests.Archive;
using TopicGrpc.Engine.Tests.Topics.Representations;
using TopicGrpc.Engine.Topics;
using TopicGrpc.Engine.Topics.Description;
using TopicGrpc.Engine.Topics.Fitting;
using TopicGrpc.Engine.Topics.Operations;
using TopicGrpc.Engine.Topics.Reports;
using TopicGrpc.Engine.Topics.Settings;
using Xunit;

namespace TopicGrpc.Engine.Tests.Topics.Operations;

public sealed class RepresentTopicsTests
{
    private static readonly ComputeOptions Compute = new() { Threads = 2 };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void Apply_KeyBert_PutsTheWordsNearestToTheDocumentsFirst()
    {
        TopicModel model = Apply(new RepresentTopics { Embedder = Embedder(), Main = [new KeyBertInspired { WordCount = 4 }] });

        foreach (Topic topic in model.Topics.Where(topic => topic.Id >= 0))
        {
            string text = topic.RepresentativeDocuments[0].Text;
            Assert.Equal(4, topic.Words.Count);
            Assert.All(topic.Words, word => Assert.Contains($" {word.Term} ", text, StringComparison.Ordinal));
            Assert.Equal(topic.Words.OrderByDescending(word => word.Score), topic.Words);
            Assert.All(topic.Words, word => Assert.InRange(word.Score, 0.1, 1));
            Assert.Equal(TopicNames.Default(topic.Id, topic.Words), topic.Name);
        }
    }

    [Fact]
    public void Apply_ModelWithoutVectors_EmbedsTheDocumentsItself()
    {
        TableEmbedder embedder = Embedder();
        RepresentTopics operation = new() { Embedder = embedder, Main = [new KeyBertInspired { WordCount = 4 }] };
        TopicModel bare = new(SmallModel.Instance.State with { Layout = null, Clusters = null });

        TopicModel model = operation.Apply(bare, SmallModel.Documents, Compute, Token);

        int words = model.Topics.SelectMany((_, row) => TopicWordRanking.Best(model.TermWeights, model.Vocabulary, row, 100))
            .Select(word => word.Term)
            .Where(term => term.Length > 0)
            .Distinct(StringComparer.Ordinal)
            .Count();
        Assert.True(embedder.Calls > words, $"{embedder.Calls} calls, {words} of them for words");
        Assert.All(model.Topics.Where(topic => topic.Id >= 0), topic => Assert.Equal(4, topic.Words.Count));
    }

    [Fact]
    public void Apply_Chain_GivesEachStepTheWordsOfTheOneBefore()
    {
        TopicModel single = Apply(new RepresentTopics { Embedder = Embedder(), Main = [new KeyBertInspired { WordCount = 8 }] });
        TopicModel chain = Apply(new RepresentTopics
        {
            Embedder = Embedder(),
            Main = [new KeyBertInspired { WordCount = 8 }, new MaximalMarginalRelevance { WordCount = 3, Diversity = 0.5 }],
        });

        foreach ((Topic Single, Topic Chain) pair in single.Topics.Zip(chain.Topics))
        {
            Assert.Equal(3, pair.Chain.Words.Count);
            Assert.All(pair.Chain.Words, word => Assert.Contains(word, pair.Single.Words));
        }
    }

    [Fact]
    public void Apply_AspectsOnly_LeavesTheMainWords()
    {
        TopicModel model = Apply(new RepresentTopics { Embedder = Embedder(), Aspects = Aspects() });

        Assert.Equal(SmallModel.Instance.Topics.Select(topic => topic.Words), model.Topics.Select(topic => topic.Words));
        Assert.Equal(["diverse", "plain"], model.Aspects!.Keys.Order(StringComparer.Ordinal));
        Assert.All(model.Aspects["diverse"], words => Assert.Equal(3, words.Length));
        Assert.Equal(SmallModel.Instance.Topics.Select(topic => topic.Words), model.Aspects["plain"]);
    }

    [Fact]
    public void Apply_SeveralThreads_GivesTheSame()
    {
        RepresentTopics operation =
            new() { Embedder = Embedder(), Main = [new KeyBertInspired(), new MaximalMarginalRelevance { WordCount = 3 }] };

        TopicModel one = operation.Apply(SmallModel.Instance, SmallModel.Documents, new ComputeOptions { Threads = 1 }, Token);
        TopicModel four = operation.Apply(SmallModel.Instance, SmallModel.Documents, new ComputeOptions { Threads = 4 }, Token);

        Assert.Equal(one.Topics.Select(topic => topic.Words), four.Topics.Select(topic => topic.Words));
    }

    [Fact]
    public void Apply_OtherEncoder_IsRefused()
    {
        TableEmbedder other = new(SmallModel.Dimension, new string('b', 64), new Dictionary<string, float[]>());
        RepresentTopics operation = new() { Embedder = other, Main = [new MaximalMarginalRelevance()] };

        ArgumentException error = Assert.Throws<ArgumentException>(() => Apply(operation));

        Assert.Contains(new string('b', 64), error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Apply_SettingOutOfRangeInAnAspect_IsRefused()
    {
        Dictionary<string, IReadOnlyList<TopicRepresentation>> aspects = new() { ["x"] = [new KeyBertInspired { CandidateCount = 0 }] };
        RepresentTopics operation = new() { Embedder = Embedder(), Aspects = aspects };

        Assert.Contains(
            nameof(KeyBertInspired.CandidateCount),
            Assert.Throws<ArgumentException>(() => Apply(operation)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Apply_WithoutKeyBert_NeedsNoDocuments()
    {
        RepresentTopics operation = new() { Embedder = Embedder(), Main = [new MaximalMarginalRelevance { WordCount = 2 }] };

        TopicModel model = operation.Apply(SmallModel.Instance, [], Compute, Token);

        Assert.All(model.Topics, topic => Assert.Equal(2, topic.Words.Count));
    }

    [Fact]
    public void Load_ModelWithAspectsAndLabels_HasThem()
    {
        using ArchiveFolder folder = new();
        TopicModel labelled = new SetTopicLabels(
            new Dictionary<int, string> { [1] = "Second" }).Apply(SmallModel.Instance, [], Compute, Token);
        TopicModel model = new RepresentTopics { Embedder = Embedder(), Aspects = Aspects() }.Apply(labelled, [], Compute, Token);
        ModelArchive.Save(model, folder.Model, Token);

        TopicModel loaded = ModelArchive.Load(folder.Model, Token);

        Assert.Equal(model.Aspects!.Keys.Order(StringComparer.Ordinal), loaded.Aspects!.Keys);
        Assert.Equal(model.Aspects["diverse"], loaded.Aspects["diverse"]);
        Assert.Equal(model.Aspects["plain"], loaded.Aspects["plain"]);
        Assert.Equal("Second", loaded.Topics[1 + loaded.OutlierOffset].CustomLabel);
        Assert.Null(loaded.Topics[loaded.OutlierOffset].CustomLabel);
    }

    [Fact]
    public void Merge_ModelWithAspectsAndNoEncoder_LeavesThemOutAndSaysSo()
    {
        TopicModel model = new RepresentTopics { Embedder = Embedder(), Aspects = Aspects() }.Apply(
            SmallModel.Instance, [], Compute, Token);

        TopicModel merged = new MergeTopics([[0, 1]]).Apply(model, SmallModel.Documents, Compute, Token);

        Assert.Null(merged.Aspects);
        Assert.Contains(merged.Report.Warnings, warning => warning.Code == FitWarning.AspectsDropped);
        Assert.False(merged.Options.Representations.Any);
    }

    [Fact]
    public void Merge_WithTheEncoder_ChoosesTheWordsOfTheNewTopicsAsBefore()
    {
        RepresentTopics chosen = new() { Embedder = Embedder(), Main = [new KeyBertInspired { WordCount = 4 }], Aspects = Aspects() };
        TopicModel model = Apply(chosen);

        TopicModel merged = (new MergeTopics([[0, 1]]) with { Embedder = Embedder() }).Apply(model, SmallModel.Documents, Compute, Token);
        TopicModel plain = new MergeTopics([[0, 1]]).Apply(SmallModel.Instance, SmallModel.Documents, Compute, Token);

        Assert.Equal(
            chosen.Apply(plain, SmallModel.Documents, Compute, Token).Topics.Select(topic => topic.Words),
            merged.Topics.Select(topic => topic.Words));
        Assert.Equal(merged.Topics.Count, merged.Aspects!["diverse"].Length);
        Assert.Empty(merged.Report.Warnings);
        Assert.Equal(chosen.Main, merged.Options.Representations.Main);
    }

    [Fact]
    public void Fit_WithRepresentations_IsTheFitAndThenTheOperation()
    {
        TopicRepresentations wanted = new() { Main = [new KeyBertInspired { WordCount = 4 }], Aspects = Aspects() };
        TopicModelOptions options = SmallModel.Instance.Options with { Representations = wanted };
        Matrix rows = SmallModel.Instance.Layout!.TrainingRows;
        FitInput input = new(SmallModel.Documents, rows, SmallModel.Instance.Embedder)
        {
            Guidance = new TopicGuidance { Embedder = Embedder() },
        };

        TopicModel model = new TopicModelTrainer(options).Fit(input, Compute, progress: null, Token);

        TopicModel expected = Apply(new RepresentTopics { Embedder = Embedder(), Main = wanted.Main, Aspects = wanted.Aspects });
        Assert.Equal(expected.Topics.Select(topic => topic.Words), model.Topics.Select(topic => topic.Words));
        Assert.Equal(expected.Aspects!["diverse"], model.Aspects!["diverse"]);
        Assert.Equal(SmallModel.Instance.Report.Stages.Select(stage => stage.Stage), model.Report.Stages.Select(stage => stage.Stage));
        Assert.Equal(wanted.Main, model.Report.Settings.Representations.Main);
    }

    [Fact]
    public void Fit_RepresentationsWithoutTheEncoder_AreRefusedAtOnce()
    {
        TopicModelOptions options =
            SmallModel.Instance.Options with { Representations = new TopicRepresentations { Main = [new MaximalMarginalRelevance()] } };
        List<FitProgress> seen = [];

        ArgumentException error = Assert.Throws<ArgumentException>(() => new TopicModelTrainer(options).Fit(
            SmallModel.Documents,
            SmallModel.Instance.Layout!.TrainingRows,
            SmallModel.Instance.Embedder,
            Compute,
            new Recorded(seen),
            Token));

        Assert.Contains("encoder", error.Message, StringComparison.Ordinal);
        Assert.Empty(seen);
    }

    private static TopicModel Apply(RepresentTopics operation) =>
        operation.Apply(SmallModel.Instance, SmallModel.Documents, Compute, Token);

    private static Dictionary<string, IReadOnlyList<TopicRepresentation>> Aspects() => new()
    {
        ["diverse"] = [new MaximalMarginalRelevance { WordCount = 3, Diversity = 0.5 }],
        ["plain"] = [],
    };

    /// <summary>The four words of each subject point where the vectors of its documents point; all others nowhere.</summary>
    private static TableEmbedder Embedder()
    {
        Dictionary<string, float[]> table = new(StringComparer.Ordinal);
        for (int group = 0; group < SmallModel.Dimension / 4; group++)
        {
            string[] words = SmallModel.Documents[group].Text.Split(' ')[1..5];
            for (int i = 0; i < words.Length; i++)
            {
                table[words[i]] = [.. Enumerable.Range(0, SmallModel.Dimension).Select(k => k / 4 == group ? (k % 4 == i ? 2f : 1f) : 0f)];
            }
        }

        return new TableEmbedder(SmallModel.Dimension, new string('a', 64), table);
    }

    private sealed class Recorded(List<FitProgress> seen) : IProgress<FitProgress>
    {
        public void Report(FitProgress value) => seen.Add(value);
    }
}
