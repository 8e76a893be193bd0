using TopicGrpc.Engine.Archive;
using TopicGrpc.Engine.Embeddings;
using TopicGrpc.Engine.Topics;
using Xunit;

namespace TopicGrpc.Engine.Tests.Archive;

public sealed class ModelSelfTestTests : IDisposable
{
    private readonly ArchiveFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Check_LoadedModel_Passes()
    {
        ModelArchive.Save(SmallModel.Instance, _folder.Model, Token);

        ArchivedModel archived = ModelArchive.Open(_folder.Model, Token);

        Assert.True(archived.SelfTest.Count >= 5);
        archived.SelfTest.Check(archived.Model, Token);
    }

    [Fact]
    public void Check_ModelWithOtherTopics_IsRefused()
    {
        TopicModel model = SmallModel.Instance;
        TopicMapper shifted = new(
            model.Mapper.Rows,
            model.Mapper.Columns,
            Array.ConvertAll(model.Mapper.Values, topic => topic == 0 ? 1 : topic == 1 ? 0 : topic));
        TopicModel other = new(model.State with { Mapper = shifted });

        InvalidDataException error = Assert.Throws<InvalidDataException>(() => ModelSelfTest.Record(model).Check(other, Token));

        Assert.Contains("question", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_Encoder_ComparesTextsWithTheirVectors()
    {
        var selfTest = ModelSelfTest.Record(SmallModel.Instance);

        selfTest.Check(new StoredEmbedder(selfTest, swap: false), Token);
        Assert.Throws<InvalidDataException>(() => selfTest.Check(new StoredEmbedder(selfTest, swap: true), Token));
    }

    /// <summary>Gives the texts of a self-test their own vectors, or the next one's.</summary>
    private sealed class StoredEmbedder(ModelSelfTest selfTest, bool swap) : IEmbedder
    {
        public EmbedderInfo Info => SmallModel.Instance.Embedder;

        public EmbeddingCost Embed(string text, Span<float> destination, CancellationToken cancellationToken)
        {
            int row = selfTest.Texts.ToList().IndexOf(text);
            selfTest.Embeddings.Row(swap ? (row + 2) % selfTest.Count : row).CopyTo(destination);
            return default;
        }
    }
}
