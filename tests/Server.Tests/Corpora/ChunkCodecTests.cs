using TopicGrpc.Engine.Documents;
using TopicGrpc.Server.Corpora;

namespace TopicGrpc.Server.Tests.Corpora;

/// <summary>Bytes of records: their format is that of stored files, whichever way a record is made.</summary>
public sealed class ChunkCodecTests
{
    private static readonly SessionState Session = new("s", 7, 2, 1);

    private static readonly Document[] Documents =
    [
        new("a", "été"),
        new("b", string.Empty, new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.FromHours(1))),
        new("c", new string('x', 300), null, new Dictionary<string, string> { ["z"] = "1", ["B"] = string.Empty, ["a"] = "ü" }),
        new("d", "last"),
    ];

    [Theory]
    [InlineData(new[] { 0, 1, 2, 3 }, 0)]
    [InlineData(new[] { 0, 1, 2, 3 }, 3)]
    [InlineData(new[] { 1, 3 }, 3)]
    [InlineData(new int[0], 3)]
    public void Encode_DocumentsOfAChunk_BytesOfTheStoredChunk(int[] kept, int dimension)
    {
        ArgumentNullException.ThrowIfNull(kept);
        IncomingChunk incoming = IncomingChunks.Of(0, Documents, document => Embedding(document, dimension));
        Document[] documents = [.. kept.Select(static index => Documents[index])];
        StoredChunk stored = new(Session, documents)
        {
            Embeddings = dimension == 0 || kept.Length == 0
                ? null
                : new EmbeddingRows([.. documents.Select(document => Embedding(document, dimension))]),
        };

        byte[] record = ChunkCodec.Encode(Session, incoming, kept).Items.ToArray();

        Assert.Equal(ChunkCodec.Encode(stored), record);
        Assert.Equal(documents, ChunkCodec.Decode(record).Documents, static (sent, read) => (sent.Id, sent.Text) == (read.Id, read.Text));
    }

    [Fact]
    public void Encode_KnownChunk_RecordedBytes()
    {
        Document second = new("b", "t", DateTimeOffset.UnixEpoch, new Dictionary<string, string> { ["k"] = "v" });
        StoredChunk chunk = new(Session, [Documents[0], second])
        {
            Embeddings = new EmbeddingRows([[1f, 0f], [0f, -1f]]),
        };

        Assert.Equal(
            "02" + "0173" + "0700000000000000" + "0200000000000000" + "0100000000000000" + "02"
            + "0161" + "05C3A974C3A9" + "FFFFFFFFFFFFFFFF" + "00"
            + "0162" + "0174" + "0080B5F7F57F9F08" + "01" + "016B" + "0176"
            + "02000000" + "0000" + "0000803F" + "00000000" + "00000000" + "000080BF",
            Convert.ToHexString(ChunkCodec.Encode(chunk)));
    }

    [Fact]
    public void HashOf_AddedDocument_HashOfTheDocumentThatIsRead()
    {
        IncomingChunk incoming = IncomingChunks.Of(0, Documents, static document => Embedding(document, 3));
        StoredChunk read = ChunkCodec.Decode(ChunkCodec.Encode(Session, incoming, [0, 1, 2, 3]).Items.ToArray());

        Assert.All(
            Enumerable.Range(0, Documents.Length),
            index => Assert.Equal(incoming[index].Hash, ContentHash.Of(read.Documents[index], read.EmbeddingOf(index))));
        Assert.Equal(Documents.Length, Enumerable.Range(0, Documents.Length).Select(index => incoming[index].Hash).Distinct().Count());
    }

    [Fact]
    public void HashOf_EmbeddingInPlaceOfAttributes_OtherHash() => Assert.NotEqual(
        ContentHash.Of(new Document("a", "t")), ContentHash.Of(new Document("a", "t"), [1f]));

    private static float[] Embedding(Document document, int dimension) =>
        [.. Enumerable.Range(0, dimension).Select(index => document.Id[0] == 'a' + index ? 1f : 0f)];
}
