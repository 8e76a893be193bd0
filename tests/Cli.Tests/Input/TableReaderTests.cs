using System.IO.Compression;
using TopicGrpc.Cli.Input;
using TopicGrpc.Tables.Values;
using TopicGrpc.Tables.Writing;

namespace TopicGrpc.Cli.Tests.Input;

public sealed class TableReaderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("topicgrpc-tables-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("d.parquet")]
    [InlineData("d.arrow")]
    public async Task Read_Table_HasIdsTimesAttributesAndEmbeddings(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        string path = await WriteAsync(name);

        List<InputDocument> documents = await ReadAsync(path, new InputFields("body", null, "at") { Embedding = "embedding" });

        Assert.Equal([("a", "first"), ("b", "")], documents.Select(static document => (document.Id, document.Text)));
        Assert.Equal(DateTimeOffset.UnixEpoch.AddDays(1), documents[0].Time);
        Assert.Null(documents[1].Time);
        Assert.Equal([new("n", "1")], documents[0].Attributes);
        Assert.Equal([0.5f, -1], documents[1].Embedding.ToArray());
    }

    [Fact]
    public async Task Read_NoEmbeddingField_LeavesTheColumnOutAndNotesIt()
    {
        string path = await WriteAsync("d.parquet");
        using var source = InputSource.Open(path, new InputFields("body"), NewsgroupParts.None);
        InputNotes notes = new();

        List<InputDocument> documents =
            await source.ReadAsync(notes, TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);

        Assert.All(documents, static document => Assert.True(document.Embedding.IsEmpty));
        Assert.Contains("\"embedding\" (list of float)", Assert.Single(notes.Lines()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_MissingColumn_NamesFileAndNearestColumn()
    {
        string path = await WriteAsync("d.parquet");

        InputException thrown = await Assert.ThrowsAsync<InputException>(() => ReadAsync(path, new InputFields("bodi")));

        Assert.StartsWith($"{path}: no column \"bodi\"; did you mean \"body\"?", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_CompressedParquet_SaysWhatToDo()
    {
        string path = await WriteAsync("d.parquet");
        string packed = path + ".gz";
        await using (GZipStream gzip = new(File.Create(packed), CompressionLevel.Fastest))
        {
            byte[] whole = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
            await gzip.WriteAsync(whole, TestContext.Current.CancellationToken);
        }

        InputException thrown = await Assert.ThrowsAsync<InputException>(() => ReadAsync(packed, new InputFields("body")));

        Assert.Contains("decompress it", thrown.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, null)]
    [InlineData(3, "3 vectors, but {0} has 2 documents; one vector per document is expected")]
    [InlineData(1, "1 vectors, but {0} has more documents; one vector per document is expected")]
    public async Task Read_VectorsBesideJsonLines_BelongToTheDocumentsInOrder(int vectors, string? fault)
    {
        string path = Path.Combine(_folder, "d.jsonl");
        await File.WriteAllTextAsync(path, "{\"text\": \"one\"}\n\n{\"text\": \"two\"}\n", TestContext.Current.CancellationToken);
        string npy = Path.Combine(_folder, "v.npy");
        string header = $"{{'descr': '<f4', 'fortran_order': False, 'shape': ({vectors}, 2), }}\n";
        float[] numbers = [.. Enumerable.Range(0, 2 * vectors).Select(static i => (float)i)];
        byte[] data = new byte[numbers.Length * sizeof(float)];
        Buffer.BlockCopy(numbers, 0, data, 0, data.Length);
        await File.WriteAllBytesAsync(
            npy,
            [0x93, .. "NUMPY"u8, 1, 0, (byte)header.Length, 0, .. System.Text.Encoding.ASCII.GetBytes(header), .. data],
            TestContext.Current.CancellationToken);

        Task<List<InputDocument>> read = ReadAsync(path, new InputFields(), new InputSelection { Vectors = npy });

        if (fault is not null)
        {
            Assert.Equal(
                $"{npy}: {string.Format(System.Globalization.CultureInfo.InvariantCulture, fault, path)}",
                (await Assert.ThrowsAsync<InputException>(() => read)).Message);
            return;
        }

        List<InputDocument> documents = await read;
        Assert.Equal([[0f, 1], [2, 3]], documents.Select(static document => document.Embedding.ToArray()));
    }

    [Fact]
    public async Task Read_ChosenAttribute_IsTheOnlyOneOfAnyFormat()
    {
        string path = Path.Combine(_folder, "d.jsonl");
        await File.WriteAllTextAsync(path, "{\"text\": \"one\", \"a\": 1, \"b\": 2}\n", TestContext.Current.CancellationToken);

        List<InputDocument> documents = await ReadAsync(path, new InputFields(), new InputSelection { Attributes = ["b"] });

        Assert.Equal([new("b", "2")], Assert.Single(documents).Attributes);
    }

    private static async Task<List<InputDocument>> ReadAsync(string path, InputFields fields, InputSelection? selection = null)
    {
        using var source = InputSource.Open(path, fields, NewsgroupParts.None, selection: selection);
        return await source.ReadAsync(TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);
    }

    private async Task<string> WriteAsync(string name)
    {
        string path = Path.Combine(_folder, name);
        await using FileStream file = File.Create(path);
        await using ITableWriter writer = TableWriters.Create(
            name.EndsWith(".parquet", StringComparison.Ordinal) ? OutputFormat.Parquet : OutputFormat.Arrow,
            file,
            [
                new("id", ColumnKind.Text), new("body", ColumnKind.Text), new("at", ColumnKind.Time), new("n", ColumnKind.Integer),
                new("embedding", ColumnKind.Vector),
            ]);
        await writer.WriteAsync(
            [
                TableValue.Text("a"), TableValue.Text("first"), TableValue.Time(DateTimeOffset.UnixEpoch.AddDays(1)), TableValue.Integer(1),
                TableValue.Vector([1, 0]),
            ],
            TestContext.Current.CancellationToken);
        await writer.WriteAsync(
            [TableValue.Text("b"), TableValue.Text(""), TableValue.Null, TableValue.Null, TableValue.Vector([0.5f, -1])],
            TestContext.Current.CancellationToken);
        await writer.CompleteAsync(TestContext.Current.CancellationToken);
        return path;
    }
}
