using System.Text.Json.Nodes;
using TopicGrpc.Client.Settings;
using TopicGrpc.Testing;

namespace TopicGrpc.Cli.Tests.Settings;

public sealed class SettingsFileTests
{
    [Fact]
    public async Task LoadAsync_SeedWorkflow_TheNotebookLiterally()
    {
        FitSettings settings = await SampleAsync("seed-workflow.json");

        // min_dist is not set: the notebook leaves it to UMAP, whose default is 0.1.
        Assert.Equal(new UmapSettings { NeighborCount = 15, ComponentCount = 10, Metric = "cosine", LowMemory = false }, settings.Umap);
        Assert.Equal(new HdbscanSettings { MinClusterSize = 30, Metric = "euclidean", PredictionData = true }, settings.Hdbscan);
        Assert.Equal("english", settings.Vectorizer!.StopWords!.List);
        Assert.Equal(FrequencyLimit.Share(0.95), settings.Vectorizer.MaxTopicFrequency);
        Assert.Equal(FrequencyLimit.Share(0.01), settings.Vectorizer!.MinTopicFrequency);
        // Given to the model, so the vectorizer keeps single words.
        Assert.Equal(new NgramRange(1, 3), settings.NgramRange);
        Assert.Null(settings.Vectorizer.NgramRange);
        Assert.Equal(TopicReduction.To(40), settings.Reduction);
        Assert.Equal(10, settings.TopWordCount);
        Assert.Equal(30, settings.MinTopicSize);
        Assert.True(settings.CalculateProbabilities);
    }

    [Fact]
    public async Task LoadAsync_Newsgroups_DiffersFromTheNotebookInMinDistOnly()
    {
        FitSettings seed = await SampleAsync("seed-workflow.json");
        FitSettings newsgroups = await SampleAsync("newsgroups.json");

        Assert.Equal(0.0, newsgroups.Umap!.MinDistance);
        Assert.Equal(seed.Umap, newsgroups.Umap with { MinDistance = null });
        Assert.Equal(seed.Hdbscan, newsgroups.Hdbscan);
        Assert.Equal(seed.Reduction, newsgroups.Reduction);
    }

    [Fact]
    public async Task LoadAsync_SampleOfTheDemo_Valid()
    {
        FitSettings settings = await SampleAsync("state-of-the-union/settings.json");

        Assert.Equal(FitPreset.Auto, settings.Preset);
        Assert.Equal(42, settings.Seed);
        Assert.True(settings.CalculateProbabilities);
    }

    [Fact]
    public void Parse_NothingSet_EveryDefaultLeftToTheServer() => Assert.Equal(new FitSettings(), Parse("{}"));

    [Theory]
    [InlineData("auto", FitPreset.Auto)]
    [InlineData("bertopic", FitPreset.Bertopic)]
    public void Parse_Preset_Read(string name, FitPreset expected) => Assert.Equal(expected, Parse($$"""{"preset": "{{name}}"}""").Preset);

    [Fact]
    public void Parse_UnknownPreset_NamesThoseThatThereAre()
    {
        SettingsFileException error = Assert.Throws<SettingsFileException>(() => Parse("""{"preset": "best"}"""));

        Assert.Contains("preset must be \"auto\" or \"bertopic\", found \"best\"", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_Presets_OnlyTheAutomaticOneIsNamed()
    {
        Assert.Equal("""{"preset":"auto"}""", Written(FitSettings.Auto));
        Assert.Equal("{}", Written(FitSettings.Bertopic));
    }

    [Fact]
    public void Parse_NullPart_AsIfMissing() => Assert.Null(Parse("""{"umap_model": null}""").Umap);

    [Fact]
    public void Parse_EmptyPart_GivenWithItsLibrarysDefaults() => Assert.Equal(new UmapSettings(), Parse("""{"umap_model": {}}""").Umap);

    [Theory]
    [InlineData("seed-workflow.json")]
    [InlineData("newsgroups.json")]
    [InlineData("state-of-the-union/settings.json")]
    public async Task Write_Samples_ReadBackAsTheSame(string name)
    {
        FitSettings settings = await SampleAsync(name);

        string written = Written(settings);

        Assert.Equal(written, Written(Parse(written)));
        Assert.Equivalent(settings, Parse(written), strict: true);
    }

    [Fact]
    public void Write_ShareOfOne_KeepsItsDecimalPoint()
    {
        FitSettings settings = Parse("""{"vectorizer_model": {"max_df": 1.0, "min_df": 1}}""");

        Assert.Equal("""{"vectorizer_model":{"min_df":1,"max_df":1.0}}""", Written(settings));
    }

    [Fact]
    public void Parse_MinDf_IntegerIsACountAndFloatAShare()
    {
        Assert.Equal(FrequencyLimit.Count(1), Parse("""{"vectorizer_model": {"min_df": 1}}""").Vectorizer!.MinTopicFrequency);
        Assert.Equal(FrequencyLimit.Share(1), Parse("""{"vectorizer_model": {"min_df": 1.0}}""").Vectorizer!.MinTopicFrequency);
        Assert.Equal(FrequencyLimit.Share(0.001), Parse("""{"vectorizer_model": {"min_df": 1e-3}}""").Vectorizer!.MinTopicFrequency);
        Assert.Null(Parse("""{"vectorizer_model": {"min_df": null}}""").Vectorizer!.MinTopicFrequency);
    }

    [Fact]
    public void Parse_StopWordsAndReduction_BothForms()
    {
        Assert.Equal(["a", "b"], Parse("""{"vectorizer_model": {"stop_words": ["a", "b"]}}""").Vectorizer!.StopWords!.Words);
        Assert.Equal(["c_v", "u_mass"], Parse(Written(Parse("""{"coherence_measures": ["c_v", "u_mass"]}"""))).CoherenceMeasures);
        Assert.Equal(TopicReduction.Auto, Parse("""{"nr_topics": "auto"}""").Reduction);
    }

    [Fact]
    public void Parse_Guidance_ByItsPythonNames()
    {
        FitSettings seeds = Parse(
            """{"seed_topic_list": [["moon", "rocket"], ["cipher"]], "zeroshot_topic_list": ["Space"], "zeroshot_min_similarity": 0.4}""");
        FitSettings classes = Parse("""{"target_attribute": "group"}""");
        FitSettings topics = Parse("""{"topic_attribute": "theme"}""");

        Assert.Equal([["moon", "rocket"], ["cipher"]], seeds.SeedTopics);
        Assert.Equal(["Space"], seeds.ZeroShotTopics);
        Assert.Equal((0.4, "group", "theme"), (seeds.ZeroShotMinSimilarity, classes.TargetAttribute, topics.TopicAttribute));
    }

    [Fact]
    public void Parse_GuidanceThatContradicts_NamesTheKey()
    {
        SettingsFileException error = Assert.Throws<SettingsFileException>(
            () => Parse("""{"seed_topic_list": [["moon"]], "target_attribute": "group"}"""));

        Assert.StartsWith(
            "my.json: target_attribute must not be given together with seed_topic_list", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"KeyBERTInspired\"", """{"Main":[{"KeyBERTInspired":{}}]}""")]
    [InlineData("""{"KeyBERTInspired": {"nr_repr_docs": 4}}""", """{"Main":[{"KeyBERTInspired":{"nr_repr_docs":4}}]}""")]
    [InlineData(
        """["KeyBERTInspired", {"MaximalMarginalRelevance": {"diversity": 0.3, "top_n_words": 5}}]""",
        """{"Main":[{"KeyBERTInspired":{}},{"MaximalMarginalRelevance":{"diversity":0.3,"top_n_words":5}}]}""")]
    [InlineData(
        """{"Main": "MaximalMarginalRelevance", "Weighted": [], "Close": ["KeyBERTInspired"]}""",
        """{"Main":[{"MaximalMarginalRelevance":{}}],"Weighted":[],"Close":[{"KeyBERTInspired":{}}]}""")]
    [InlineData("{}", """{"Main":[]}""")]
    public void Parse_RepresentationModel_EveryForm(string json, string written)
    {
        string settings = Written(Parse($$"""{"representation_model": {{json}}}"""));

        Assert.Equal($$"""{"representation_model":{{written}}}""", settings);
        Assert.Equal(settings, Written(Parse(settings)));
    }

    [Theory]
    [InlineData("""{"nr_topic": 40}""", "unknown key nr_topic; the nearest known key is nr_topics")]
    [InlineData("""{"umap_model": {"n_neighbours": 3}}""", "unknown key umap_model.n_neighbours; the nearest known key is n_neighbors")]
    [InlineData("""{"umap_model": {"n_neighbors": 1}}""", "umap_model.n_neighbors must be 2 to 200, 1 given")]
    [InlineData("""{"umap_model": {"n_neighbors": 15.0}}""", "umap_model.n_neighbors must be a whole number, 2 to 200, found 15.0")]
    [InlineData("""{"umap_model": {"min_dist": 1.5}}""", "umap_model.min_dist must be 0 to spread (1), 1.5 given")]
    [InlineData("""{"umap_model": {"metric": "manhattan"}}""", "umap_model.metric must be one of cosine, euclidean, 'manhattan' given")]
    [InlineData("""{"umap_model": 3}""", "umap_model must be an object, found 3")]
    [InlineData("""{"umap_model": {"low_memory": 0}}""", "umap_model.low_memory must be true or false, found 0")]
    [InlineData(
        """{"hdbscan_model": {"min_cluster_size": "30"}}""",
        "hdbscan_model.min_cluster_size must be a whole number, 2 to 1,000,000, found \"30\"")]
    [InlineData("""{"hdbscan_model": {"metric": "cosine"}}""", "hdbscan_model.metric must be one of euclidean, 'cosine' given")]
    [InlineData("""{"hdbscan_model": {"alpha": 0}}""", "hdbscan_model.alpha must be 0.001 to 1000, 0 given")]
    [InlineData("""{"vectorizer_model": {"min_df": 0}}""", "vectorizer_model.min_df must be 1 or more, 0 given")]
    [InlineData("""{"vectorizer_model": {"max_df": 1.5}}""", "vectorizer_model.max_df must be 0 to 1, 1.5 given")]
    [InlineData(
        """{"vectorizer_model": {"stop_words": "latin"}}""",
        "vectorizer_model.stop_words must be one of auto, none, en, arabic, chinese, czech, danish, dutch, english, finnish, "
        + "french, german, greek, hindi, hungarian, indonesian, italian, japanese, korean, norwegian, polish, portuguese, romanian, "
        + "russian, spanish, swedish, thai, turkish, ukrainian, 'latin' given")]
    [InlineData(
        """{"vectorizer_model": {"stop_words": [1]}}""",
        "vectorizer_model.stop_words must be \"auto\", \"none\", the name of a language or a list of words, found [1]")]
    [InlineData(
        """{"vectorizer_model": {"segmentation": "words"}}""",
        "vectorizer_model.segmentation must be one of token_pattern, unicode, 'words' given")]
    [InlineData("""{"topic_names": "short"}""", "topic_names must be one of id_words, distinct, 'short' given")]
    [InlineData("""{"n_gram_range": [3, 1]}""", "n_gram_range.max must be min (3) or more, 1 given")]
    [InlineData("""{"nr_topics": 1}""", "nr_topics must be 2 or more, 1 given")]
    [InlineData("""{"top_n_words": 101}""", "top_n_words must be 1 to 100, 101 given")]
    [InlineData("""{"seed_topic_list": ["moon"]}""", "seed_topic_list must be a list of lists of words, found [\"moon\"]")]
    [InlineData("""{"zeroshot_min_similarity": 2}""", "zeroshot_min_similarity must be -1 to 1, 2 given")]
    [InlineData("""{"topic_attribute": 3}""", "topic_attribute must be a text, found 3")]
    [InlineData(
        """{"representation_model": "PartOfSpeech"}""",
        "representation_model must be \"KeyBERTInspired\" or \"MaximalMarginalRelevance\", ")]
    [InlineData(
        """{"representation_model": {"Short": {"MaximalMarginalRelevance": {"diversity": 2}}}}""",
        "representation_model.Short[0].MaximalMarginalRelevance.diversity must be 0 to 1, 2 given")]
    [InlineData(
        """{"representation_model": [{"KeyBERTInspired": {"top_words": 2}}]}""",
        "unknown key representation_model.KeyBERTInspired.top_words; the nearest known key is top_n_words")]
    [InlineData("""{"coherence_measures": ["c_v", "c_uci"]}""", "coherence_measures[1] must be one of c_npmi, c_v, u_mass, 'c_uci' given")]
    [InlineData("""{"coherence_measures": "c_v"}""", "coherence_measures must be a list of words, found \"c_v\"")]
    [InlineData("""{"seed": 1.5}""", "seed must be a whole number, found 1.5")]
    [InlineData("""{"seed": 1, "seed": 2}""", "the key \"seed\" on line 1 occurs twice")]
    [InlineData("{\n\"umap_model\": {\"seed\": 1,\n\"seed\": 2}}", "the key \"seed\" on line 3 occurs twice")]
    [InlineData("{\n\"seed\": \n}", "not valid JSON near line 3")]
    [InlineData("{\n\"low_memory\": True}", "not valid JSON near line 2: write true instead of Python's True")]
    [InlineData("{\"seed\": None}", "not valid JSON near line 1: write null instead of Python's None")]
    [InlineData("{\"seed\":\n NaN}", "not valid JSON near line 2: NaN is not JSON; write null")]
    [InlineData("{\"seed\": nan}", "not valid JSON near line 1: nan is not JSON; write null")]
    [InlineData("{\"seed\": -Infinity}", "not valid JSON near line 1: Infinity is not JSON; write null or a number")]
    [InlineData("{'seed': 1}", "not valid JSON near line 1: names and texts need double quotes")]
    [InlineData("{“seed”: 1}", "not valid JSON near line 1: names and texts need straight double quotes")]
    [InlineData("{\"seed\": 1", "not valid JSON near line 1: the value is incomplete")]
    [InlineData("", "not valid JSON near line 1: the value is incomplete")]
    [InlineData("[]", "must hold a JSON object")]
    public void Parse_WrongFile_OneLineNamingKeyAndLimit(string json, string fault)
    {
        SettingsFileException error = Assert.Throws<SettingsFileException>(() => Parse(json));

        Assert.StartsWith($"my.json: {fault}", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public async Task LoadAsync_NoFile_Fault()
    {
        SettingsFileException error = await Assert.ThrowsAsync<SettingsFileException>(
            () => FitSettingsFile.LoadAsync("/none/there.json", TestContext.Current.CancellationToken));

        Assert.Equal("/none/there.json: no such file", error.Message);
    }

    private static string Written(FitSettings settings) => JsonNode.Parse(FitSettingsFile.Write(settings))!.ToJsonString();

    private static FitSettings Parse(string json) => FitSettingsFile.Parse(json, "my.json");

    private static Task<FitSettings> SampleAsync(string name) =>
        FitSettingsFile.LoadAsync(Checkout.At("samples", name), TestContext.Current.CancellationToken);
}
