using TopicGrpc.Engine.Archive;
using TopicGrpc.Engine.Storage;
using TopicGrpc.Engine.Topics;
using Xunit;

namespace TopicGrpc.Engine.Tests.Archive;

/// <summary>Models whose large arrays are in scratch files.</summary>
public sealed class ScratchArchiveTests : IDisposable
{
    private readonly ArchiveFolder _folder = new();
    private readonly string _scratch = Directory.CreateTempSubdirectory("topicgrpc-scratch-archive").FullName;

    public ScratchArchiveTests() => ModelArchive.Save(SmallModel.Instance, _folder.Model, Token);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _folder.Dispose();
        Directory.Delete(_scratch, recursive: true);
    }

    [Fact]
    public void OpenNative_FilesTruncatedAfterTheLoad_AnswersWithTheSameBits()
    {
        List<long> asked = [];
        using NativeModel native = Load(bytes =>
        {
            lock (asked)
            {
                asked.Add(bytes);
            }

            return true;
        });
        foreach (string path in Directory.GetFiles(_folder.Model))
        {
            File.WriteAllBytes(path, []);
        }

        Assert.NotEmpty(asked);
        AssertEqual(native.Archive);
    }

    [Fact]
    public void OpenNative_DiskWithoutRoom_UsesNativeMemory()
    {
        using NativeModel native = Load(static _ => false);

        AssertEqual(native.Archive);
    }

    [Fact]
    public void OpenNative_ScratchFolderThatIsMissing_UsesNativeMemory()
    {
        using NativeModel native = ModelArchive.OpenNative(
            _folder.Model,
            DiskStorage.Instance,
            leastBytes: 0,
            new ArchiveScratch(Path.Combine(_scratch, "missing"), static _ => true) { LeastBytes = 0 },
            Token);

        AssertEqual(native.Archive);
    }

    [Fact]
    public void OpenNative_AnyFileWithOneBitChanged_IsRejectedByName()
    {
        foreach (string path in Directory.GetFiles(_folder.Model))
        {
            byte[] whole = File.ReadAllBytes(path);
            byte[] damaged = [.. whole];
            damaged[^1] ^= 4;
            File.WriteAllBytes(path, damaged);

            InvalidDataException error = Assert.Throws<InvalidDataException>(() => Load(static _ => true));

            Assert.Contains(Path.GetFileName(path), error.Message, StringComparison.Ordinal);
            File.WriteAllBytes(path, whole);
        }
    }

    private static void AssertEqual(ArchivedModel loaded)
    {
        loaded.SelfTest.Check(loaded.Model, Token);
        Assert.Equal(SmallModel.Instance.DocumentIds, loaded.Model.DocumentIds);
        float[] vector = SmallModel.Vector(1000);
        TopicPrediction expected = SmallModel.Instance.Predict(vector, allTopics: true);
        TopicPrediction actual = loaded.Model.Predict(vector, allTopics: true);
        Assert.Equal(expected.TopicProbabilities, actual.TopicProbabilities);
    }

    private NativeModel Load(Func<long, bool> hasRoom) => ModelArchive.OpenNative(
        _folder.Model, DiskStorage.Instance, leastBytes: 0, new ArchiveScratch(_scratch, hasRoom) { LeastBytes = 0 }, Token);
}
