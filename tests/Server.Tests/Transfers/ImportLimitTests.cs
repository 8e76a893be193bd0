using System.Buffers.Binary;
using Grpc.Core;
using TopicGrpc.Shared;
using TopicGrpc.Testing;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Tests.Transfers;

/// <summary>F23: an import may bring only what a fit may, and no file can make the reader allocate beyond its limits.</summary>
public sealed class ImportLimitTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task F23_ImportBeyondTheLimitsOfAFit_IsRejectedWithFileAndField()
    {
        using TempFolder folder = new();
        await using TestServer server = await TestServer.FittedAsync();
        await ModelFolder.ExportAsync(server.Models, "m", 1, folder.Path);

        await RejectedAsync(server, folder.Path, "config.json", "\"top_n_words\": 10", "\"top_n_words\": 101", "config.json: top_n_words");
        await RejectedAsync(server, folder.Path, "config.json", "\"verbose\": false", "\"min_topic_size\": 2000000", "config.json");
        await RejectedAsync(
            server, folder.Path, "ctfidf_config.json", "\"ngram_range\": [\n", "\"ngram_range\": [ 1, 1000 ], \"x\": [\n", "ngram_range");
        await RejectedAsync(
            server, folder.Path, "config.json", "\"verbose\": false", $"\"verbose\": \"{new string('v', 70_000)}\"", "65536 bytes");
        await RejectedAsync(
            server,
            folder.Path,
            "topics.json",
            "\"_outliers\":",
            $"\"x\": [{string.Concat(Enumerable.Repeat("0,", 5_000_001))}0], \"_outliers\":",
            "5000000 values");

        Assert.Equal(
            "models/copy/versions/1",
            (await ModelFolder.ImportAsync(server.Models, folder.Path, ModelFolder.Describe(folder.Path, "copy"))).Name);
    }

    [Theory]
    [InlineData("config.json", 1L << 20)]
    [InlineData("topics.json", 64L << 20)]
    [InlineData("ctfidf_config.json", 64L << 20)]
    public async Task F23_FileAboveTheLimitOfItsKind_IsRejectedByTheHeader(string file, long limit)
    {
        using TempFolder folder = new();
        await using TestServer server = await TestServer.FittedAsync();
        await ModelFolder.ExportAsync(server.Models, "m", 1, folder.Path);
        ImportModelRequest.Types.Header header = ModelFolder.Describe(folder.Path, "copy");
        int index = header.Files.IndexOf(header.Files.Single(described => described.Name == file));
        header.Files[index].SizeBytes = limit + 1;

        RpcException rejected = await Refusal.ExpectAsync(
            StatusCode.InvalidArgument,
            ErrorReasons.InputTooLarge,
            () => ModelFolder.SendAsync(server.Models, new ImportModelRequest { Header = header }, []));

        Assert.Equal([$"header.files[{index}].size_bytes"], Refusal.Fields(rejected));
        Assert.Contains($"at most {limit} bytes for '{file}', {limit + 1} given", rejected.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task F23_SafetensorsHeaderAboveOneMebibyte_IsRejected()
    {
        using TempFolder folder = new();
        await using TestServer server = await TestServer.FittedAsync();
        await ModelFolder.ExportAsync(server.Models, "m", 1, folder.Path);
        string path = Path.Combine(folder.Path, "topic_embeddings.safetensors");
        byte[] content = new byte[3 << 20];
        Array.Fill(content, (byte)' ');
        BinaryPrimitives.WriteInt64LittleEndian(content, 2 << 20);
        await File.WriteAllBytesAsync(path, content, Token);

        RpcException rejected = await ExpectAsync(server, folder.Path);

        Assert.Contains("topic_embeddings.safetensors", rejected.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task F23_ImportsAtTheSameTime_AllSucceed()
    {
        using TempFolder folder = new();
        await using TestServer server = await TestServer.FittedAsync();
        await ModelFolder.ExportAsync(server.Models, "m", 1, folder.Path);

        ModelVersion[] versions = await Task.WhenAll(
            Enumerable.Range(0, 4).Select(
                index => ModelFolder.ImportAsync(server.Models, folder.Path, ModelFolder.Describe(folder.Path, $"copy{index}"))));
        ModelVersion[] same = await Task.WhenAll(
            Enumerable.Range(0, 3).Select(
                _ => ModelFolder.ImportAsync(server.Models, folder.Path, ModelFolder.Describe(folder.Path, "same", "request-1"))));

        Assert.Equal(
            ["models/copy0/versions/1", "models/copy1/versions/1", "models/copy2/versions/1", "models/copy3/versions/1"],
            versions.Select(static version => version.Name));
        Assert.All(same, static version => Assert.Equal("models/same/versions/1", version.Name));
    }

    private static async Task RejectedAsync(TestServer server, string folder, string file, string find, string replace, string expected)
    {
        string path = Path.Combine(folder, file);
        string original = await File.ReadAllTextAsync(path, Token);
        Assert.Contains(find, original, StringComparison.Ordinal);
        await File.WriteAllTextAsync(path, original.Replace(find, replace, StringComparison.Ordinal), Token);

        RpcException rejected = await ExpectAsync(server, folder);

        Assert.Contains(expected, rejected.Status.Detail, StringComparison.Ordinal);
        await File.WriteAllTextAsync(path, original, Token);
    }

    private static Task<RpcException> ExpectAsync(TestServer server, string folder) => Refusal.ExpectAsync(
        StatusCode.InvalidArgument,
        ErrorReasons.InvalidField,
        () => ModelFolder.ImportAsync(server.Models, folder, ModelFolder.Describe(folder, "copy")));
}
