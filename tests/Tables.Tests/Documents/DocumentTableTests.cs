using TopicGrpc.Tables.Documents;
using TopicGrpc.Tables.Values;

namespace TopicGrpc.Tables.Tests.Documents;

public sealed class DocumentTableTests
{
    [Fact]
    public async Task Read_DefaultColumns_FindsIdTextAndAttributes()
    {
        List<TableDocument> documents = await ReadAsync(
            "SELECT * FROM (VALUES ('a', 'one', 3, true, [0.5, 1]::FLOAT[2], {'x': 1}), ('b', '', NULL, NULL, [2, 3]::FLOAT[2], NULL)) "
            + "AS t(id, text, n, flag, embedding, s)",
            new DocumentColumnNames { Embedding = "embedding" });

        Assert.Equal([("a", "one"), ("b", "")], documents.Select(static document => (document.Id, document.Text)));
        Assert.Equal([0.5f, 1], documents[0].Embedding!);
        Assert.Equal([new("n", "3"), new("flag", "true")], documents[0].Attributes);
        Assert.Empty(documents[1].Attributes);
    }

    [Fact]
    public async Task Read_ColumnsOfNumbers_AreOneEmbedding()
    {
        List<TableDocument> documents = await ReadAsync(
            "SELECT 'one' AS body, 1.5::FLOAT AS e0, 2::DOUBLE AS e1, 3 AS e2, 7 AS other",
            new DocumentColumnNames { Text = "body", Embedding = "e*" });

        Assert.Equal([1.5f, 2, 3], Assert.Single(documents).Embedding!);
        Assert.Equal([new("other", "7")], documents[0].Attributes);
        Assert.Equal("1", documents[0].Id);
    }

    [Theory]
    [InlineData("2020-02-03T04:05:06Z", "2020-02-03T04:05:06Z", "VARCHAR")]
    [InlineData("2020-02-03 04:05:06", "2020-02-03T04:05:06Z", "TIMESTAMP")]
    [InlineData("2020-02-03", "2020-02-03T00:00:00Z", "DATE")]
    [InlineData("1999", "1999-01-01T00:00:00Z", "INTEGER")]
    public async Task Read_TimeOfAnyType_IsUtc(string written, string expected, string type)
    {
        List<TableDocument> documents = await ReadAsync(
            $"SELECT 'x' AS text, '{written}'::{type} AS at", new DocumentColumnNames { Time = "at" });

        Assert.Equal(DateTimeOffset.Parse(expected, System.Globalization.CultureInfo.InvariantCulture), Assert.Single(documents).Time);
    }

    [Theory]
    [InlineData(
        "SELECT 'x' AS Texts",
        "no column \"text\"; did you mean \"Texts\"? (columns: \"Texts\"; choose another with --text-column)")]
    [InlineData("SELECT 'x' AS a, 'y' AS b", "no column \"text\" (columns: \"a\", \"b\"; choose another with --text-column)")]
    [InlineData("SELECT 1.5::DOUBLE AS text", "column \"text\" has the type double; text is expected (--text-column)")]
    [InlineData("SELECT ['a'] AS text", "column \"text\" has the type list of string; text is expected (--text-column)")]
    [InlineData(
        "SELECT * FROM (VALUES ('a'), (NULL)) AS t(text)",
        "row 2, column \"text\": null; the text must be there, and may be empty")]
    [InlineData(
        "SELECT 'a' AS text, CASE WHEN i = 1 THEN [1, 2]::FLOAT[] END AS embedding FROM range(2) AS t(i)",
        "row 1, column \"embedding\": null; every document needs an embedding, or none may have one")]
    [InlineData(
        "SELECT 'a' AS text, [1, 'NaN'::FLOAT]::FLOAT[] AS embedding",
        "row 1, column \"embedding\": number 2 of the embedding is NaN; finite numbers are expected")]
    [InlineData("SELECT 'a' AS text, [1, NULL]::FLOAT[] AS embedding", "row 1, column \"embedding\": the list has a null")]
    public async Task Read_WrongTable_IsRejectedWithRowColumnAndType(string sql, string message)
    {
        TableException thrown = await Assert.ThrowsAsync<TableException>(() => ReadAsync(
            sql, new DocumentColumnNames { Embedding = sql.Contains("embedding", StringComparison.Ordinal) ? "embedding" : null }));

        Assert.Equal(message, thrown.Message);
    }

    [Fact]
    public async Task Read_WrongTime_IsRejectedWithTheValue()
    {
        TableException thrown = await Assert.ThrowsAsync<TableException>(
            () => ReadAsync("SELECT 'a' AS text, 'soon' AS at", new DocumentColumnNames { Time = "at" }));

        Assert.Equal($"row 1, column \"at\": {DocumentTime.Expected}, found \"soon\"", thrown.Message);
    }

    [Fact]
    public async Task Read_ChosenAttributes_AreTheOnlyOnes()
    {
        List<TableDocument> documents = await ReadAsync(
            "SELECT 'x' AS text, 1 AS a, 2 AS b, 3 AS c", new DocumentColumnNames { Attributes = ["c", "a"] });

        Assert.Equal([new("c", "3"), new("a", "1")], Assert.Single(documents).Attributes);
    }

    private static async Task<List<TableDocument>> ReadAsync(string sql, DocumentColumnNames? names = null)
    {
        using TemporaryFolder folder = new();
        string path = folder.File("t.parquet");
        using (Duck duck = new())
        {
            duck.Run($"COPY ({sql}) TO '{path}' (FORMAT parquet)");
        }

        using DocumentTable table = await DocumentTable.OpenAsync(
            File.OpenRead(path),
            TableFormat.Parquet,
            names ?? new DocumentColumnNames(),
            new TableLimits(),
            TestContext.Current.CancellationToken);
        return await table.ReadAsync(TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);
    }
}
