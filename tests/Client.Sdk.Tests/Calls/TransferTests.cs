using Grpc.Core;
using TopicGrpc.Client.Errors;
using TopicGrpc.Client.Models;
using TopicGrpc.Client.Sdk.Tests.Fakes;

namespace TopicGrpc.Client.Sdk.Tests.Calls;

public sealed class TransferTests : IDisposable
{
    private static readonly string[] Required = ["topics.json", "config.json", "topic_embeddings.safetensors"];

    private readonly string _folder = Directory.CreateTempSubdirectory("topicgrpc-test-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Target => Path.Combine(_folder, "out");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task ImportAsync_ConnectionThatBreaks_SendsTheWholeFolderAgainUnderTheSameRequest()
    {
        FakeModelService service = new();
        service.Failures.Enqueue(Refusals.Make(StatusCode.Unavailable, "SERVER_DRAINING", retryAfter: TimeSpan.FromMilliseconds(1)));
        await using FakeServer server = await FakeServer.StartAsync(models: service);
        using TopicGrpcClient client = new(server.Address);
        byte[] content = Write(Required);
        await File.WriteAllTextAsync(Path.Combine(_folder, "README.md"), "not a part of it", Token);

        ModelVersion version = await client.Models.ImportAsync(
            "news", _folder, new ImportOptions { Labels = ["stable"], EncoderSha256 = "ab" }, Token);

        Assert.Equal(("news", 3L), (version.Model, version.Version));
        V1.ImportModelRequest.Types.Header[] headers = [.. service.Headers];
        Assert.Equal(2, headers.Length);
        Assert.Equal(headers[0], headers[1]);
        Assert.Equal(("models/news", "stable", "ab"), (headers[0].Model, headers[0].AssignLabels.Single(), headers[0].EncoderSha256));
        Assert.Equal(Required, headers[0].Files.Select(static file => file.Name));
        Assert.Equal(content, service.Imported[headers[0].RequestId]);
    }

    [Fact]
    public async Task ImportAsync_AnsweredBeforeAllWasSent_TakesTheAnswer()
    {
        FakeModelService service = new();
        await using FakeServer server = await FakeServer.StartAsync(models: service);
        using TopicGrpcClient client = new(server.Address);
        Write(Required);
        ImportOptions options = new() { RequestId = "once" };

        await client.Models.ImportAsync("news", _folder, options, Token);
        ModelVersion again = await client.Models.ImportAsync("news", _folder, options, Token);

        Assert.Equal(3, again.Version);
        Assert.Single(service.Imported);
    }

    [Fact]
    public async Task ImportAsync_FolderWithoutAModel_IsRefusedBeforeACall()
    {
        FakeModelService service = new();
        await using FakeServer server = await FakeServer.StartAsync(models: service);
        using TopicGrpcClient client = new(server.Address);
        Write("topics.json");

        FileNotFoundException missing = await Assert.ThrowsAsync<FileNotFoundException>(
            () => client.Models.ImportAsync("news", _folder, cancellationToken: Token));
        await Assert.ThrowsAsync<DirectoryNotFoundException>(() => client.Models.ImportAsync("news", Target, cancellationToken: Token));

        Assert.Contains("config.json", missing.Message, StringComparison.Ordinal);
        Assert.Contains("safetensors", missing.Message, StringComparison.Ordinal);
        Assert.Empty(service.Headers);
    }

    [Fact]
    public async Task ExportAsync_ConnectionThatBreaks_WritesTheFolderOnceWhole()
    {
        FakeModelService service = new();
        service.Failures.Enqueue(Refusals.Make(StatusCode.Unavailable, "SERVER_DRAINING", retryAfter: TimeSpan.FromMilliseconds(1)));
        await using FakeServer server = await FakeServer.StartAsync(models: service);
        using TopicGrpcClient client = new(server.Address);
        Directory.CreateDirectory(Target);

        ExportedModel exported = await client.Models.ExportAsync("news@7", Target, Token);

        Assert.Equal(("news", 7L, "ab", Target), (exported.Model, exported.Version, exported.EncoderSha256, exported.Directory));
        Assert.Equal("topics.json", exported.Files.Single().Name);
        Assert.Equal("hello", await File.ReadAllTextAsync(Path.Combine(Target, "topics.json"), Token));
        Assert.Equal([Target], Directory.GetFileSystemEntries(_folder));
    }

    [Theory]
    [InlineData("../topics.json", 5, null)]
    [InlineData("topics.json", 4, null)]
    [InlineData("topics.json", 9, null)]
    [InlineData("topics.json", 5, "00")]
    public async Task ExportAsync_OtherBytesThanAnnounced_LeavesNothing(string name, long size, string? hash)
    {
        FakeModelService service = new();
        service.Announced = new V1.ModelFile { Name = name, SizeBytes = size, Sha256 = hash ?? service.Announced.Sha256 };
        await using FakeServer server = await FakeServer.StartAsync(models: service);
        using TopicGrpcClient client = new(server.Address);

        TopicGrpcException failure = await Assert.ThrowsAsync<TopicGrpcException>(() => client.Models.ExportAsync("news", Target, Token));

        Assert.Equal(TopicGrpcStatus.DataLoss, failure.Status);
        Assert.Empty(Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public async Task ExportAsync_FolderWithFiles_IsRefusedBeforeACall()
    {
        await using FakeServer server = await FakeServer.StartAsync();
        using TopicGrpcClient client = new(server.Address);
        Write("mine.txt");

        await Assert.ThrowsAsync<IOException>(() => client.Models.ExportAsync("news", _folder, Token));

        Assert.Equal(["mine.txt"], Directory.GetFileSystemEntries(_folder).Select(Path.GetFileName));
    }

    /// <summary>Writes files larger than one chunk.</summary>
    private byte[] Write(params string[] names)
    {
        List<byte> all = [];
        foreach (string name in names)
        {
            byte[] bytes = new byte[300_000];
            new Random(name.Length).NextBytes(bytes);
            File.WriteAllBytes(Path.Combine(_folder, name), bytes);
            all.AddRange(bytes);
        }

        return [.. all];
    }
}
