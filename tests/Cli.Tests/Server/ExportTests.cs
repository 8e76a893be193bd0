using System.Globalization;
using System.Text.Json.Nodes;
using DuckDB.NET.Data;
using TopicGrpc.Cli.Errors;
using TopicGrpc.Testing;

namespace TopicGrpc.Cli.Tests.Server;

/// <summary>Exports of a real server, read by DuckDB.</summary>
public sealed class ExportTests(FittedServer server) : IClassFixture<FittedServer>
{
    private const int Documents = 200;

    [Theory]
    [InlineData("d.parquet", "read_parquet")]
    [InlineData("d.csv", "read_csv")]
    [InlineData("d.jsonl", "read_json")]
    public async Task Documents_AnyFormat_AreReadByDuckDb(string name, string reader)
    {
        using TempFolder folder = new();
        string path = Path.Combine(folder.Path, name);

        JsonNode result = await server.JsonAsync("export", "documents", "news", "--to", path);

        Assert.Equal(Documents, result["rows"]!.GetValue<long>());
        string[] listed = (await server.RunAsync("topics", "documents", "news")).Output.TrimEnd().Split('\n');
        List<object[]> rows = Rows(
            $"SELECT id, topic, probability, outlier, topic_name, text, time::TIMESTAMP, author FROM {reader}('{path}')");
        Assert.Equal(
            listed.Select(static line => line.TrimEnd('\r')),
            rows.Select(static row => string.Create(CultureInfo.InvariantCulture, $"{row[0]}\t{row[1]}\t{row[2]:0.000}")));
        Assert.All(rows, static row => Assert.Equal(Convert.ToInt64(row[1], CultureInfo.InvariantCulture) < 0, (bool)row[3]));
        Assert.All(rows, static row => Assert.StartsWith($"{row[1]}_", (string)row[4], StringComparison.Ordinal));
        Assert.Equal(ThemedTexts.Text(3), rows[3][5]);
        Assert.Equal(new DateTime(2020, 1, 4), rows[3][6]);
        Assert.Equal("bob", rows[3][7]);
    }

    [Fact]
    public async Task Documents_PositionsAndEmbeddings_AreColumns()
    {
        using TempFolder folder = new();
        string path = Path.Combine(folder.Path, "d.parquet");
        string map = Path.Combine(folder.Path, "map.parquet");

        await server.JsonAsync(
            "export", "documents", "news@1", "--to", path, "--no-content", "--positions", "--embeddings", "--topic", "0");
        await server.JsonAsync("export", "map", "news@1", "--to", map);

        object[] found = Assert.Single(Rows($"""
            SELECT count(*), min(len(d.embedding)), max(len(d.embedding)), max(abs(d.x - m.x) + abs(d.y - m.y)), count(DISTINCT d.x),
                max(abs(list_dot_product(d.embedding, d.embedding) - 1))
            FROM '{path}' AS d JOIN '{map}' AS m USING (id)
            """));
        Assert.Equal(Assert.Single(Rows($"SELECT count(*) FROM '{map}' WHERE topic = 0"))[0], found[0]);
        Assert.True((long)found[0] > 20);
        Assert.Equal(found[1], found[2]);
        Assert.Equal(0.0, found[3]);
        Assert.True((long)found[4] > 1);
        Assert.InRange(Convert.ToDouble(found[5], CultureInfo.InvariantCulture), 0, 1e-5);
        Assert.Equal(
            ["id", "topic", "topic_name", "topic_label", "topic_uid", "probability", "outlier", "representative", "x", "y", "embedding"],
            Rows($"DESCRIBE SELECT * FROM '{path}'").Select(static row => (string)row[0]));
    }

    [Fact]
    public async Task Documents_AssignedCorpus_HaveTheirTopics()
    {
        using TempFolder folder = new();
        string path = Path.Combine(folder.Path, "d.parquet");
        string input = folder.Write("later.txt", string.Join('\n', Enumerable.Range(500, 30).Select(ThemedTexts.Text)));
        await server.RunAsync("ingest", input, "--corpus", "later");
        await server.RunAsync("assign", "news@1", "--corpus", "later");

        JsonNode result = await server.JsonAsync("export", "documents", "news@1", "--corpus", "later", "--to", path);

        Assert.Equal(30, result["rows"]!.GetValue<long>());
        string[] listed = (await server.RunAsync("topics", "documents", "news@1", "--corpus", "later")).Output.TrimEnd().Split('\n');
        Assert.Equal(
            listed.Select(static line => line.TrimEnd('\r')),
            Rows($"SELECT id, topic, probability FROM '{path}'")
                .Select(static row => string.Create(CultureInfo.InvariantCulture, $"{row[0]}\t{row[1]}\t{row[2]:0.000}")));
        Assert.Equal(
            ["id", "topic", "topic_name", "topic_label", "topic_uid", "probability", "outlier"],
            Rows($"DESCRIBE SELECT * FROM '{path}'").Select(static row => (string)row[0]));
    }

    [Fact]
    public async Task Topics_Parquet_HaveWordsWeightsAndCoherence()
    {
        using TempFolder folder = new();
        string path = Path.Combine(folder.Path, "topics.parquet");

        await server.JsonAsync("export", "topics", "news", "--to", path);

        JsonNode topics = await server.JsonAsync("topics", "news");
        List<object[]> rows = Rows(
            $"SELECT topic, uid, name, size, words[1], len(words) = len(weights), coherence_npmi FROM '{path}' "
            + "WHERE NOT outlier ORDER BY topic");
        JsonNode[] expected =
        [
            .. topics["topics"]!.AsArray().Select(static topic => topic!).Where(static topic => topic["topic"]!.GetValue<int>() >= 0),
        ];
        Assert.Equal(expected.Select(static topic => topic["uid"]!.GetValue<string>()), rows.Select(static row => (string)row[1]));
        Assert.Equal(expected.Select(static topic => topic["name"]!.GetValue<string>()), rows.Select(static row => (string)row[2]));
        Assert.Equal(expected.Select(static topic => topic["count"]!.GetValue<long>()), rows.Select(static row => (long)row[3]));
        Assert.All(rows, static row => Assert.Equal(((string)row[2]).Split('_')[1], row[4]));
        Assert.All(rows, static row => Assert.True((bool)row[5]));
        Assert.All(rows, static row => Assert.InRange((double)row[6], -1, 1));
    }

    [Fact]
    public async Task Documents_ExistingFile_IsReplacedOnlyWithForce()
    {
        using TempFolder folder = new();
        string path = folder.Write("d.csv", "mine");

        CliRun rejected = await server.RunAsync("export", "documents", "news", "--to", path);
        string kept = await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken);
        CliRun replaced = await server.RunAsync("export", "documents", "news", "--to", path, "--force");

        Assert.Equal(ExitCodes.BadInput, rejected.ExitCode);
        Assert.Contains("exists; --force replaces it", rejected.Errors, StringComparison.Ordinal);
        Assert.Equal("mine", kept);
        Assert.Equal(ExitCodes.Ok, replaced.ExitCode);
        Assert.Equal([path], Directory.GetFiles(folder.Path));
    }

    [Fact]
    public async Task Documents_FailedExport_LeavesNoFile()
    {
        using TempFolder folder = new();

        CliRun run = await server.RunAsync("export", "documents", "news", "--topic", "99", "--to", Path.Combine(folder.Path, "d.parquet"));

        Assert.NotEqual(ExitCodes.Ok, run.ExitCode);
        Assert.Empty(Directory.GetFiles(folder.Path));
    }

    [Fact]
    public async Task Documents_UnknownExtension_NamesTheFormats()
    {
        CliRun run = await server.RunAsync("export", "documents", "news", "--to", "d.xlsx");

        Assert.Equal(ExitCodes.BadInput, run.ExitCode);
        Assert.Contains("--to: the name of d.xlsx must end in .parquet, .arrow, .csv or .jsonl", run.Errors, StringComparison.Ordinal);
    }

    private static List<object[]> Rows(string sql)
    {
        using DuckDBConnection connection = new("DataSource=:memory:");
        connection.Open();
        using DuckDBCommand command = connection.CreateCommand();
        command.CommandText = "SET autoinstall_known_extensions=false";
        command.ExecuteNonQuery();
#pragma warning disable CA2100 // The tests write the SQL themselves.
        command.CommandText = sql;
#pragma warning restore CA2100
        using DuckDBDataReader reader = command.ExecuteReader();
        List<object[]> rows = [];
        while (reader.Read())
        {
            object[] row = new object[reader.FieldCount];
            reader.GetValues(row);
            rows.Add(row);
        }

        return rows;
    }
}
