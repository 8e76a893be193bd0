using TopicGrpc.Engine.Archive;
using TopicGrpc.Engine.Topics;
using TopicGrpc.Engine.Topics.Settings;
using Xunit;

namespace TopicGrpc.Engine.Tests.Archive;

public sealed class ModelArchiveTests : IDisposable
{
    private readonly ArchiveFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Load_SavedModel_AnswersWithTheSameBits()
    {
        TopicModel model = SmallModel.Instance;
        ModelArchive.Save(model, _folder.Model, Token);

        TopicModel loaded = ModelArchive.Load(_folder.Model, Token);

        Assert.True(model.Topics.Count >= 3);
        for (int number = 1000; number < 1040; number++)
        {
            float[] vector = SmallModel.Vector(number);
            TopicPrediction expected = model.Predict(vector, allTopics: true);
            TopicPrediction actual = loaded.Predict(vector, allTopics: true);
            Assert.Equal(expected.TopicId, actual.TopicId);
            Assert.Equal(BitConverter.DoubleToInt64Bits(expected.Probability), BitConverter.DoubleToInt64Bits(actual.Probability));
            Assert.Equal(expected.TopicProbabilities, actual.TopicProbabilities);
            Assert.Equal(
                model.PredictByCentroid(vector, allTopics: false).Probability,
                loaded.PredictByCentroid(vector, allTopics: false).Probability);
        }
    }

    [Fact]
    public void Load_SavedModel_HasAllParts()
    {
        TopicModelState model = SmallModel.Instance.State;
        ModelArchive.Save(SmallModel.Instance, _folder.Model, Token);

        TopicModelState loaded = ModelArchive.Load(_folder.Model, Token).State;

        Assert.Equal(model.Embedder, loaded.Embedder);
        Assert.Equal(model.DocumentIds, loaded.DocumentIds);
        Assert.Equal(model.Assignments, loaded.Assignments);
        Assert.Equal(model.ClusterStrengths, loaded.ClusterStrengths);
        Assert.Equal(model.Probabilities!.Values, loaded.Probabilities!.Values);
        Assert.Equal(model.MapPoints!.Values, loaded.MapPoints!.Values);
        Assert.Equivalent(model.Topics, loaded.Topics, strict: true);
        Assert.Equal(model.TopicCentroids, loaded.TopicCentroids);
        Assert.Equal(model.Mapper.Values, loaded.Mapper.Values);
        Assert.Equal(model.Mapper.Columns, loaded.Mapper.Columns);
        Assert.Equal(model.Vocabulary.Terms, loaded.Vocabulary.Terms);
        Assert.Equal(model.InverseFrequencies, loaded.InverseFrequencies);
        Assert.Equal(model.TermWeights.Values, loaded.TermWeights.Values);
        Assert.Equal(model.TermWeights.ColumnIndices, loaded.TermWeights.ColumnIndices);
        Assert.Equal(model.TermCounts!.Values, loaded.TermCounts!.Values);
        Assert.Equal(model.Layout!.Embedding.Values, loaded.Layout!.Embedding.Values);
        Assert.Same(loaded.Layout.Embedding, loaded.Clusters!.State.Points);
        Assert.Equal(model.Report.Stages, loaded.Report.Stages);
        Assert.Equal(model.Report.Seed, loaded.Report.Seed);
    }

    [Fact]
    public void Load_Settings_ComeBackAsTheyWere()
    {
        TopicModelOptions options = SmallModel.Instance.Options;
        ModelArchive.Save(SmallModel.Instance, _folder.Model, Token);

        TopicModelOptions loaded = ModelArchive.Load(_folder.Model, Token).Options;

        Assert.Equal(options.Layout, loaded.Layout);
        Assert.Equal(options.Clusters, loaded.Clusters);
        Assert.Equal(options.Reduction, loaded.Reduction);
        Assert.Equal(options.Words.MinTopicFrequency, loaded.Words.MinTopicFrequency);
        Assert.Equal(options.Words.MaxTopicFrequency, loaded.Words.MaxTopicFrequency);
        Assert.Equal(options.Words.StopWords.Order(StringComparer.Ordinal), loaded.Words.StopWords);
        Assert.True(loaded.CalculateProbabilities);
    }

    [Fact]
    public void Save_SameModelTwice_WritesTheSameBytes()
    {
        string second = Path.Combine(_folder.Root, "second");
        ModelArchive.Save(SmallModel.Instance, _folder.Model, Token);
        ModelArchive.Save(SmallModel.Instance, second, Token);

        string[] names = [.. Directory.GetFiles(_folder.Model).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

        Assert.Equal(names, Directory.GetFiles(second).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal));
        Assert.All(names, name => Assert.Equal(File.ReadAllBytes(_folder.File(name)), File.ReadAllBytes(Path.Combine(second, name))));
    }

    [Fact]
    public void Save_FolderWithFiles_IsRefused()
    {
        Directory.CreateDirectory(_folder.Model);
        File.WriteAllText(_folder.File("other"), "");

        Assert.Throws<IOException>(() => ModelArchive.Save(SmallModel.Instance, _folder.Model, Token));
    }

    [Fact]
    public void Save_Cancelled_LeavesNoManifest()
    {
        using CancellationTokenSource source = new();
        source.Cancel();

        Assert.Throws<OperationCanceledException>(() => ModelArchive.Save(SmallModel.Instance, _folder.Model, source.Token));
        Assert.Throws<InvalidDataException>(() => ModelArchive.ReadManifest(_folder.Model));
    }

    [Fact]
    public void Publish_StagedFolder_MovesItWhole()
    {
        string place = Path.Combine(_folder.Root, "models", "news", "1");
        ModelArchive.Save(SmallModel.Instance, _folder.Model, Token);

        ModelArchive.Publish(_folder.Model, place);

        Assert.False(Directory.Exists(_folder.Model));
        Assert.Equal(SmallModel.Instance.Assignments, ModelArchive.Load(place, Token).Assignments);
    }

    [Fact]
    public void Publish_TakenName_IsRefusedAndKeepsBoth()
    {
        string place = Path.Combine(_folder.Root, "taken");
        Directory.CreateDirectory(place);
        ModelArchive.Save(SmallModel.Instance, _folder.Model, Token);

        Assert.Throws<IOException>(() => ModelArchive.Publish(_folder.Model, place));
        Assert.NotNull(ModelArchive.ReadManifest(_folder.Model));
    }

    [Fact]
    public void ReadManifest_SavedModel_SaysWhatItHolds()
    {
        ModelArchive.Save(SmallModel.Instance, _folder.Model, Token);

        ArchiveManifest manifest = ModelArchive.ReadManifest(_folder.Model);

        Assert.Equal(ArchiveManifest.CurrentFormat, manifest.Format);
        Assert.Equal(SmallModel.Instance.Embedder, manifest.Encoder);
        Assert.Equal(240, manifest.Documents);
        Assert.Equal(Directory.GetFiles(_folder.Model).Length - 1, manifest.Files.Count);
        Assert.All(manifest.Files, file => Assert.Equal(new FileInfo(_folder.File(file.Name)).Length, file.Size));
    }
}
