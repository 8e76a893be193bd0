using System.Text.Json.Nodes;
using TopicGrpc.Engine.Archive.Bertopic;
using TopicGrpc.Engine.Embeddings;
using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Storage;
using TopicGrpc.Engine.Topics;
using TopicGrpc.Engine.Topics.Operations;
using TopicGrpc.Engine.Topics.Reports;
using TopicGrpc.Engine.Topics.Settings;
using Xunit;

namespace TopicGrpc.Engine.Tests.Archive.Bertopic;

public sealed class BertopicFormatTests : IDisposable
{
    private readonly ArchiveFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Import_ExportedModel_SaysAndPredictsTheSame()
    {
        TopicModel model = SmallModel.Instance;

        TopicModel loaded = RoundTrip(model);

        Assert.Equal(model.Assignments, loaded.Assignments);
        Assert.Equal(model.Topics.Select(Described), loaded.Topics.Select(Described));
        Assert.Equal(model.Topics.SelectMany(topic => topic.Words), loaded.Topics.SelectMany(topic => topic.Words));
        Assert.Equal(model.TopicEmbeddings.Values, loaded.TopicEmbeddings.Values);
        Assert.Equal(model.Mapper.Values, loaded.Mapper.Values);
        Assert.Equal(model.Vocabulary.Terms, loaded.Vocabulary.Terms);
        Assert.Equal(model.TermWeights.Values, loaded.TermWeights.Values);
        Assert.Equal(model.TermWeights.ColumnIndices, loaded.TermWeights.ColumnIndices);
        Assert.Equal(model.InverseFrequencies, loaded.InverseFrequencies);
        Assert.False(loaded.HasDensity);
        for (int number = 500; number < 540; number++)
        {
            TopicPrediction expected = model.PredictByCentroid(SmallModel.Vector(number), allTopics: true);
            TopicPrediction actual = loaded.PredictByCentroid(SmallModel.Vector(number), allTopics: true);
            Assert.Equal(expected.TopicId, actual.TopicId);
            Assert.Equal(expected.TopicProbabilities, actual.TopicProbabilities);
        }
    }

    [Fact]
    public void Import_ExportedModel_HasTheSettingsOfTheWords()
    {
        TopicModelOptions options = SmallModel.Instance.Options;

        TopicModelOptions loaded = RoundTrip(SmallModel.Instance).Options;

        Assert.Equal(options.Words.MaxTopicFrequency, loaded.Words.MaxTopicFrequency);
        Assert.Equal(options.Words.MinTopicFrequency, loaded.Words.MinTopicFrequency);
        Assert.Equal(options.Words.StopWords.Order(StringComparer.Ordinal), loaded.Words.StopWords.Order(StringComparer.Ordinal));
        Assert.Equal(options.Clusters.MinClusterSize, loaded.Clusters.MinClusterSize);
        Assert.Equal(options.TopWordCount, loaded.TopWordCount);
        Assert.True(loaded.CalculateProbabilities);
    }

    [Fact]
    public void Import_LabelsAndAspects_ComeBack()
    {
        ComputeOptions compute = new() { Threads = 1 };
        TopicModel labelled = new SetTopicLabels(
            new Dictionary<int, string> { [1] = "Zweites" }).Apply(SmallModel.Instance, [], compute, Token);
        TopicWord[][] words = [.. labelled.Topics.Select(topic => new TopicWord[] { new($"\"{topic.Id}\" é", 0.25) })];
        TopicModel model = new(labelled.State with { Aspects = new Dictionary<string, TopicWord[][]> { ["Other"] = words } });

        TopicModel loaded = RoundTrip(model);

        Assert.Equal("Zweites", loaded.Topics[1 + loaded.OutlierOffset].CustomLabel);
        Assert.Equal(words, loaded.Aspects!["Other"]);
    }

    [Fact]
    public void Import_ModelWithoutWeights_HasNoVocabulary()
    {
        TopicModel loaded = RoundTrip(SmallModel.Instance);
        File.Delete(_folder.File("ctfidf.safetensors"));
        File.Delete(_folder.File("ctfidf_config.json"));

        TopicModel bare = BertopicFormat.Import(_folder.Model, SmallModel.Instance.Embedder, Token);

        Assert.Equal(0, bare.Vocabulary.Count);
        Assert.Equal(loaded.Topics.SelectMany(topic => topic.Words), bare.Topics.SelectMany(topic => topic.Words));
        string second = Path.Combine(_folder.Root, "second");
        BertopicFormat.Export(bare, second, Token);
        Assert.False(File.Exists(Path.Combine(second, "ctfidf.safetensors")));
    }

    [Fact]
    public void Export_ImportedModel_WritesTheSameFiles()
    {
        string second = Path.Combine(_folder.Root, "second");

        BertopicFormat.Export(RoundTrip(SmallModel.Instance), second, Token);

        Assert.All(
            Directory.GetFiles(_folder.Model),
            file => Assert.Equal(File.ReadAllBytes(file), File.ReadAllBytes(Path.Combine(second, Path.GetFileName(file)))));
        Assert.Equal(5, Directory.GetFiles(second).Length);
    }

    [Fact]
    public void BertopicEncoder_ExportedModel_FitsByNameAndDimension()
    {
        EmbedderInfo embedder = SmallModel.Instance.Embedder;
        BertopicFormat.Export(SmallModel.Instance, _folder.Model, Token);

        var encoder = BertopicEncoder.Read(_folder.Model);

        Assert.Equal(SmallModel.Dimension, encoder.Dimension);
        Assert.True(encoder.Fits(embedder));
        Assert.False(encoder.Fits(embedder with { Name = "another" }));
        Assert.False(encoder.Fits(embedder with { Dimension = embedder.Dimension + 1 }));
        Assert.True((encoder with { Name = null }).Fits(embedder with { Name = "another" }));
    }

    [Fact]
    public void Import_WithoutTheNameOfTheEncoder_TakesTheOneAtHandWithAWarning()
    {
        BertopicFormat.Export(SmallModel.Instance, _folder.Model, Token);
        JsonObject config = JsonNode.Parse(File.ReadAllText(_folder.File("config.json")))!.AsObject();
        config.Remove("embedding_model");
        File.WriteAllText(_folder.File("config.json"), config.ToJsonString());

        TopicModel loaded = BertopicFormat.Import(_folder.Model, SmallModel.Instance.Embedder, Token);

        Assert.Equal([FitWarning.UnnamedEncoder], loaded.Report.Warnings.Select(warning => warning.Code));
    }

    [Fact]
    public void Import_CentroidLeftBehindByOutlierReduction_IsLeftOutWithAWarning()
    {
        BertopicFormat.Export(WithoutOutliers(), _folder.Model, Token);
        Matrix centroids = WithoutOutliers().TopicEmbeddings;
        float[] withExtra = [.. new float[SmallModel.Dimension], .. centroids.Values];
        File.Delete(_folder.File("topic_embeddings.safetensors"));
        SafetensorsWriter.Write(
            DiskStorage.Instance,
            _folder.File("topic_embeddings.safetensors"),
            Tensor.Create("topic_embeddings", withExtra, centroids.Rows + 1, centroids.Columns));

        TopicModel loaded = BertopicFormat.Import(_folder.Model, SmallModel.Instance.Embedder, Token);

        Assert.Equal(centroids.Values, loaded.TopicEmbeddings.Values);
        Assert.Equal(FitWarning.OutlierCentroid, Assert.Single(loaded.Report.Warnings).Code);
    }

    [Fact]
    public void Import_OtherVectorizer_WarnsAndKeepsTheParameter()
    {
        BertopicFormat.Export(SmallModel.Instance, _folder.Model, Token);
        JsonNode config = JsonNode.Parse(File.ReadAllText(_folder.File("ctfidf_config.json")))!;
        config["vectorizer_model"]!["params"]!["strip_accents"] = "unicode";
        File.WriteAllText(_folder.File("ctfidf_config.json"), config.ToJsonString());

        TopicModel loaded = BertopicFormat.Import(_folder.Model, SmallModel.Instance.Embedder, Token);

        FitWarning warning = Assert.Single(loaded.Report.Warnings);
        Assert.Equal(FitWarning.ForeignWords, warning.Code);
        Assert.Contains("strip_accents", warning.Message, StringComparison.Ordinal);
        string second = Path.Combine(_folder.Root, "second");
        BertopicFormat.Export(loaded, second, Token);
        Assert.True(JsonNode.DeepEquals(config, JsonNode.Parse(File.ReadAllText(Path.Combine(second, "ctfidf_config.json")))));
    }

    [Theory]
    [InlineData("topics.json", "topic_representations topics topic_sizes topic_mapper topic_labels custom_labels _outliers topic_aspects")]
    [InlineData(
        "config.json",
        "calculate_probabilities language low_memory min_topic_size n_gram_range nr_topics seed_topic_list top_n_words verbose "
        + "zeroshot_min_similarity zeroshot_topic_list embedding_model")]
    [InlineData("ctfidf_config.json", "ctfidf_model vectorizer_model")]
    public void Export_ModelFittedHere_HasTheFieldsThatBertopicReads(string file, string fields)
    {
        ArgumentNullException.ThrowIfNull(fields);
        BertopicFormat.Export(SmallModel.Instance, _folder.Model, Token);

        JsonObject json = JsonNode.Parse(File.ReadAllText(_folder.File(file)))!.AsObject();

        Assert.Equal(fields.Split(' '), json.Select(field => field.Key));
    }

    [Fact]
    public void Export_ModelFittedHere_ListsEveryVectorizerParameterByName()
    {
        BertopicFormat.Export(SmallModel.Instance, _folder.Model, Token);

        JsonObject parameters = JsonNode.Parse(
            File.ReadAllText(_folder.File("ctfidf_config.json")))!["vectorizer_model"]!["params"]!.AsObject();

        Assert.Equal(
            [
                "analyzer", "binary", "decode_error", "encoding", "input", "lowercase", "max_df", "max_features", "min_df", "ngram_range",
                "stop_words", "strip_accents", "token_pattern", "vocabulary",
            ],
            parameters.Select(parameter => parameter.Key));
        Assert.Equal("english", parameters["stop_words"]!.GetValue<string>());
        Assert.Equal("(?u)\\b\\w\\w+\\b", parameters["token_pattern"]!.GetValue<string>());
        Assert.Equal("0.95", parameters["max_df"]!.ToJsonString());
        Assert.Equal("1", parameters["min_df"]!.ToJsonString());
    }

    [Fact]
    public void Export_FolderWithFiles_IsRefused()
    {
        Directory.CreateDirectory(_folder.Model);
        File.WriteAllText(_folder.File("other"), "");

        Assert.Throws<IOException>(() => BertopicFormat.Export(SmallModel.Instance, _folder.Model, Token));
    }

    private TopicModel RoundTrip(TopicModel model)
    {
        BertopicFormat.Export(model, _folder.Model, Token);
        return BertopicFormat.Import(_folder.Model, SmallModel.Instance.Embedder, Token);
    }

    /// <summary>The small model with its outliers, if any, given to topic 0.</summary>
    private static TopicModel WithoutOutliers()
    {
        TopicModel model = SmallModel.Instance;
        return model.OutlierOffset == 0
            ? model
            : new ReduceOutliers(OutlierStrategy.Embeddings).Apply(model, SmallModel.Documents, new ComputeOptions { Threads = 1 }, Token);
    }

    private static (int Id, int Count, string Name) Described(Topic topic) => (topic.Id, topic.Count, topic.Name);
}
