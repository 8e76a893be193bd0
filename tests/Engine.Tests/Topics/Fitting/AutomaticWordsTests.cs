using TopicGrpc.Engine.Documents;
using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Tests.Topics.Representations;
using TopicGrpc.Engine.Topics;
using TopicGrpc.Engine.Topics.Fitting;
using TopicGrpc.Engine.Topics.Operations;
using TopicGrpc.Engine.Topics.Reports;
using TopicGrpc.Engine.Topics.Settings;
using TopicGrpc.Engine.Words.Languages;
using TopicGrpc.Engine.Words.Segmentation;
using Xunit;

namespace TopicGrpc.Engine.Tests.Topics.Fitting;

public sealed class AutomaticWordsTests
{
    private static readonly SyntheticCorpus Corpus = new();

    private static readonly string[] German =
    [
        "Die Grafikkarte und der Treiber für das Bild", "Das Tor und die Mannschaft auf dem Eis",
        "Der Start der Rakete und die Bahn um den Mond", "Ein Rezept mit Butter und Zucker für den Ofen",
    ];

    private static readonly string[] Chinese = ["显卡驱动的图像", "冰球队的赛季", "火箭发射到月球", "面粉和黄油的食谱"];

    [Fact]
    public void Fit_GermanTexts_UsesGermanStopWordsAndReportsTheShare()
    {
        TopicModel model = Fit(German, AutomaticSettings.All, []);

        Assert.Equal([new LanguageShare("de", 1)], model.Report.Languages);
        Assert.Subset(new HashSet<string>(model.Options.Words.StopWords), new HashSet<string>(Language.Find("german")!.StopWords));
        SettingChoice choice = Assert.Single(model.Report.Choices, static choice => choice.Setting == "vectorizer.stop_words");
        Assert.StartsWith("german", choice.Value, StringComparison.Ordinal);
        Assert.Contains("de 100 %", choice.Reason, StringComparison.Ordinal);
        Assert.DoesNotContain(model.Topics.SelectMany(static topic => topic.Words), static word => word.Term is "und" or "die" or "der");
        Assert.Contains(model.Topics, static topic => topic.Words.Any(static word => word.Term == "grafikkarte"));
    }

    [Fact]
    public void Fit_ChineseTexts_SegmentsThem()
    {
        TopicModel model = Fit(Chinese, AutomaticSettings.All, []);

        Assert.Equal(WordSegmentation.Unicode, model.Options.Words.Segmentation);
        Assert.Contains(model.Topics, static topic => topic.Words.Any(static word => word.Term == "火箭"));
        Assert.Contains(model.Report.Choices, static choice => choice is { Setting: "vectorizer.segmentation", Value: "unicode" });
    }

    [Fact]
    public void Fit_ResolvedSettingsOfChineseTexts_SameWordsAndNames()
    {
        TopicModel chosen = Fit(Chinese, AutomaticSettings.All, []);
        TopicModel copied = Fit(Chinese, chosen.Report.Settings, []);

        Assert.Equal(chosen.Topics.Select(static topic => topic.Name), copied.Topics.Select(static topic => topic.Name));
        Assert.Equal(chosen.State.TermWeights.Values, copied.State.TermWeights.Values);
    }

    [Theory]
    [InlineData("en", true)]
    [InlineData("de", false)]
    [InlineData("", false)]
    public void Fit_EncoderLanguages_WarnsOnlyIfTheyMissTheCorpus(string languages, bool expected)
    {
        ArgumentNullException.ThrowIfNull(languages);
        TopicModel model = Fit(German, SyntheticCorpus.Options, languages.Split(',', StringSplitOptions.RemoveEmptyEntries));

        FitWarning? warning = model.Report.Warnings.FirstOrDefault(static warning => warning.Code == FitWarning.EncoderLanguage);
        Assert.Equal(expected, warning is not null);
        Assert.True(warning is null || (warning.Message.Contains("german", StringComparison.Ordinal)
            && warning.Message.Contains("100 %", StringComparison.Ordinal)));
    }

    [Fact]
    public void Fit_BertopicSettings_KeepTokenPatternAndNames()
    {
        TopicModel model = Fit(Chinese, SyntheticCorpus.Options, []);

        Assert.Equal(WordSegmentation.TokenPattern, model.Options.Words.Segmentation);
        Assert.Empty(model.Options.Words.StopWords);
        Assert.All(model.Topics, static topic => Assert.Equal(TopicNames.Default(topic.Id, topic.Words), topic.Name));
    }

    [Fact]
    public void Fit_OnlyStopWordsAutomatic_ChoosesNothingElse()
    {
        TopicModel model = Fit(German, SyntheticCorpus.Options with { Automatic = AutomaticChoices.StopWords }, []);

        Assert.Contains("und", model.Options.Words.StopWords);
        Assert.Equal(SyntheticCorpus.Options.Clusters, model.Options.Clusters);
        Assert.Equal(["vectorizer.stop_words"], model.Report.Choices.Select(static choice => choice.Setting));
    }

    [Fact]
    public void Fit_AutomaticSettings_GiveNoWordANegativeWeight()
    {
        TopicModel model = Corpus.Fit(AutomaticSettings.All);

        Assert.False(model.Options.Weights.Bm25Weighting);
        Assert.All(model.State.TermWeights.Values, static weight => Assert.True(weight > 0));
        Assert.Contains(model.Topics, static topic => topic.Words.Any(static word => word.Term == "graphics"));
    }

    [Fact]
    public void UpdateTopics_ChooseStopWords_UsesTheLanguageOfTheDocuments()
    {
        TopicModel model = Fit(German, SyntheticCorpus.Options, []);
        Assert.Contains(model.Topics, static topic => topic.Words.Any(static word => word.Term == "und"));

        TopicModel updated = new UpdateTopics { ChooseStopWords = true }
            .Apply(model, Documents(German), ComputeOptions.Default, TestContext.Current.CancellationToken);

        Assert.DoesNotContain(updated.Topics, static topic => topic.Words.Any(static word => word.Term == "und"));
        Assert.Contains("und", updated.Options.Words.StopWords);
    }

    [Fact]
    public void RepresentTopics_DistinctNames_FollowTheNewWords()
    {
        TopicModel model = Corpus.Fit(AutomaticSettings.All);

        TopicModel chosen = new RepresentTopics
        {
            Main = [new MaximalMarginalRelevance { Diversity = 0.9 }],
            Embedder = WordEmbedder(),
        }.Apply(model, Corpus.Documents, ComputeOptions.Default, TestContext.Current.CancellationToken);

        Assert.All(
            chosen.Topics.Where(static topic => topic.Id >= 0),
            static topic => Assert.Contains(topic.Words[0].Term, topic.Name, StringComparison.Ordinal));
        Assert.Equal(chosen.Topics.Count, chosen.Topics.Select(static topic => topic.Name).Distinct().Count());
    }

    /// <summary>Returns an encoder of single words: words of one document have different vectors.</summary>
    private static TableEmbedder WordEmbedder()
    {
        string[] words = [.. Corpus.Documents.SelectMany(static document => document.Text.Split(' ')).Distinct()];
        Dictionary<string, float[]> table = [];
        for (int word = 0; word < words.Length; word++)
        {
            table[words[word]] = new float[SyntheticCorpus.Embedder.Dimension];
            table[words[word]][word % SyntheticCorpus.Embedder.Dimension] = 1;
        }

        return new TableEmbedder(SyntheticCorpus.Embedder.Dimension, SyntheticCorpus.Embedder.Sha256, table);
    }

    private static TopicModel Fit(string[] themes, TopicModelOptions options, IReadOnlyCollection<string> encoder)
    {
        FitInput input = new(Documents(themes), Corpus.Embeddings, SyntheticCorpus.Embedder) { EncoderLanguages = encoder };
        return new TopicModelTrainer(options).Fit(input, ComputeOptions.Default, progress: null, TestContext.Current.CancellationToken);
    }

    /// <summary>Returns the documents of the corpus with the text of their theme.</summary>
    private static Document[] Documents(string[] themes)
    {
        string[] marks = ["graphics card driver render pixel", "goalie hockey season puck rink", "rocket orbit launch moon shuttle"];
        return
        [
            .. Corpus.Documents.Select(document =>
            {
                int theme = Array.FindIndex(marks, mark => mark.Split(' ').Contains(document.Text.Split(' ')[0]));
                return document with { Text = themes[theme < 0 ? 3 : theme] };
            }),
        ];
    }
}
