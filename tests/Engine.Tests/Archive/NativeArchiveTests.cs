using TopicGrpc.Engine.Archive;
using TopicGrpc.Engine.Layout;
using TopicGrpc.Engine.Neighbors;
using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Storage;
using TopicGrpc.Engine.Topics;
using Xunit;

namespace TopicGrpc.Engine.Tests.Archive;

public sealed class NativeArchiveTests : IDisposable
{
    private readonly ArchiveFolder _folder = new();

    public NativeArchiveTests() => ModelArchive.Save(SmallModel.Instance, _folder.Model, Token);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(0)]
    [InlineData(1 << 12)]
    [InlineData(1 << 30)]
    public void OpenNative_SavedModel_AnswersWithTheSameBits(int leastBytes)
    {
        using NativeModel native = Load(leastBytes);
        TopicModel model = SmallModel.Instance;

        for (int number = 1000; number < 1040; number++)
        {
            float[] vector = SmallModel.Vector(number);
            TopicPrediction expected = model.Predict(vector, allTopics: true);
            TopicPrediction actual = native.Archive.Model.Predict(vector, allTopics: true);
            Assert.Equal(expected.TopicId, actual.TopicId);
            Assert.Equal(BitConverter.DoubleToInt64Bits(expected.Probability), BitConverter.DoubleToInt64Bits(actual.Probability));
            Assert.Equal(expected.TopicProbabilities, actual.TopicProbabilities);
        }
    }

    [Fact]
    public void OpenNative_WhatIsMadeLater_IsThereWhenAskedFor()
    {
        using NativeModel native = Load(0);
        TopicModelState model = SmallModel.Instance.State;
        TopicModelState loaded = native.Archive.Model.State;

        Assert.Equal(model.DocumentIds, loaded.DocumentIds);
        Assert.Equal(model.Vocabulary.Terms, loaded.Vocabulary.Terms);
        Assert.True(loaded.Vocabulary.TryGetColumn(model.Vocabulary.Terms[3], out int column));
        Assert.Equal(3, column);
        Assert.Equal((model.TermWeights.Rows, model.TermWeights.Columns), (loaded.TermWeights.Rows, loaded.TermWeights.Columns));
        Assert.Equal(model.TermWeights.Values, loaded.TermWeights.Values);
        Assert.Equal(model.TermCounts!.RowStarts, loaded.TermCounts!.RowStarts);
        Assert.Equal(model.TermCounts.ColumnIndices, loaded.TermCounts.ColumnIndices);
        Assert.Equal(model.Layout!.TrainingRows.Values, loaded.Layout!.TrainingRows.Values);
        Assert.Equal(model.Probabilities!.Values, loaded.Probabilities!.Values);
        Assert.Same(loaded.Layout.Embedding, loaded.Clusters!.State.Points);
    }

    [Fact]
    public void OpenNative_SavedAgain_HasEqualFiles()
    {
        using NativeModel native = Load(0);
        string again = Path.Combine(_folder.Root, "again");
        ModelArchive.Save(native.Archive.Model, again, Token);

        Assert.All(
            Directory.GetFiles(_folder.Model),
            path => Assert.Equal(File.ReadAllBytes(path), File.ReadAllBytes(Path.Combine(again, Path.GetFileName(path)))));
    }

    [Fact]
    public void OpenNative_FilesRemovedMeanwhile_AnswersStill()
    {
        using NativeModel native = Load(0);
        Directory.Delete(_folder.Model, recursive: true);

        native.Archive.SelfTest.Check(native.Archive.Model, Token);
        Assert.Equal(SmallModel.Instance.DocumentIds, native.Archive.Model.DocumentIds);
    }

    [Fact]
    public void OpenNative_AnyFileWithOneBitChanged_IsRefusedByName()
    {
        foreach (string path in Directory.GetFiles(_folder.Model))
        {
            byte[] whole = File.ReadAllBytes(path);
            byte[] damaged = [.. whole];
            damaged[^1] ^= 4;
            File.WriteAllBytes(path, damaged);

            InvalidDataException error = Assert.Throws<InvalidDataException>(() => Load(0));

            Assert.Contains(Path.GetFileName(path), error.Message, StringComparison.Ordinal);
            File.WriteAllBytes(path, whole);
        }
    }

    [Fact]
    public void OpenNative_ArchiveWithoutTheIndex_WorksItOut()
    {
        ArchiveManifest manifest = ModelArchive.ReadManifest(_folder.Model);
        File.Delete(_folder.File("manifest.json"));
        ArchiveFileEntry[] others = [.. manifest.Files.Where(file => !file.Name.StartsWith("layout.index", StringComparison.Ordinal))];
        ManifestFile.Write(_folder.Model, manifest with { Files = others }, DiskStorage.Instance);

        using NativeModel native = Load(0);

        Assert.True(manifest.Files.Count >= ModelArchive.ReadManifest(_folder.Model).Files.Count + 5);
        native.Archive.SelfTest.Check(native.Archive.Model, Token);
        Assert.True(
            SmallModel.Instance.Layout!.Index.Coarse!.Codes.Span.SequenceEqual(
                native.Archive.Model.Layout!.Index.Coarse!.Codes.Span));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void OpenNative_IndexWithGraph_SamePlacements(bool sampled)
    {
        UmapModel exact = SmallModel.Instance.Layout!;
        NeighborTable neighbors = new NeighborSearch(new NeighborOptions { NeighborCount = 10 })
            .Find(exact.TrainingRows, ComputeOptions.Default, null, Token);
        SearchGraph? graph = sampled
            ? SearchGraph.Create(exact.TrainingRows, neighbors, exact.Options.Metric, mostTopRows: 16, ComputeOptions.Default, Token)
            : SearchGraph.Create(neighbors);
        var index = RowIndex.Build(exact.TrainingRows, exact.Options.Metric, graph, 1, Token);
        UmapModel linked = new(exact.Options, exact.A, exact.B, exact.TrainingRows, exact.Embedding, index);
        using ArchiveFolder folder = new();
        ModelArchive.Save(new TopicModel(SmallModel.Instance.State with { Layout = linked }), folder.Model, Token);

        using NativeModel native = ModelArchive.OpenNative(folder.Model, DiskStorage.Instance, 0, scratch: null, Token);

        UmapModel read = native.Archive.Model.Layout!;
        Assert.Null(read.Index.Coarse);
        Assert.True(index.Graph!.Links.Span.SequenceEqual(read.Index.Graph!.Links.Span));
        Assert.Equal(index.Graph.Entries, read.Index.Graph.Entries);
        Assert.Equal(sampled, read.Index.Graph.Sample?.Graph.Sample is not null);
        Assert.Equal(index.Graph.Sample?.Rows, read.Index.Graph.Sample?.Rows);
        Assert.Equal(index.Graph.Sample?.Graph.Links.ToArray(), read.Index.Graph.Sample?.Graph.Links.ToArray());
        Assert.Equal(index.Graph.Sample?.Graph.Entries, read.Index.Graph.Sample?.Graph.Entries);
        for (int number = 1000; number < 1050; number++)
        {
            float[] expected = new float[3];
            float[] found = new float[3];
            linked.Transform(SmallModel.Vector(number), expected);
            read.Transform(SmallModel.Vector(number), found);
            Assert.Equal(expected, found);
        }
    }

    private NativeModel Load(int leastBytes) =>
        ModelArchive.OpenNative(_folder.Model, DiskStorage.Instance, leastBytes, scratch: null, Token);
}
