using System.Security.Cryptography;
using System.Text;
using TopicGrpc.Client.Errors;
using TopicGrpc.Client.Models;
using TopicGrpc.Client.Testing;
using TopicGrpc.Client.Testing.Calls;

namespace TopicGrpc.Client.Sdk.Tests.TestingPackage;

public sealed class FakeTransferTests : IDisposable
{
    private readonly FakeTopicGrpc _fake = new();
    private readonly TopicGrpcClient _client;
    private readonly string _folder = Directory.CreateTempSubdirectory("topicgrpc-test-").FullName;

    // Longer than one message, so that the pieces are put together.
    private readonly Dictionary<string, ReadOnlyMemory<byte>> _files = new(StringComparer.Ordinal)
    {
        ["topics.json"] = "topics"u8.ToArray(),
        ["config.json"] = "config"u8.ToArray(),
        ["topic_embeddings.safetensors"] = Enumerable.Range(0, 700_000).Select(static index => (byte)(index * 31)).ToArray(),
    };

    public FakeTransferTests()
    {
        _client = _fake.CreateClient();
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Target => Path.Combine(_folder, "out");

    public void Dispose()
    {
        _client.Dispose();
        _fake.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task ExportAsync_FilesGiven_AreWritten()
    {
        _fake.Models.Add("news", SampleTopics.All);
        _fake.Models.SetFiles("news", 1, _files);
        _fake.FailNext("ExportModel", FakeFailure.Unavailable());

        ExportedModel exported = await _client.Models.ExportAsync("news", Target, Token);

        Assert.Equal(("news", 1L, Target), (exported.Model, exported.Version, exported.Directory));
        Assert.Equal(_files.Keys, exported.Files.Select(static file => file.Name));
        foreach ((string name, ReadOnlyMemory<byte> content) in _files)
        {
            Assert.Equal(content.ToArray(), await File.ReadAllBytesAsync(Path.Combine(Target, name), Token));
        }

        Assert.Equal(["ExportModel news", "ExportModel news"], _fake.Calls.Select(static call => call.ToString()));
    }

    [Fact]
    public async Task ExportAsync_NoFiles_SaysHowToGiveThem()
    {
        _fake.Models.Add("news", SampleTopics.All);

        TopicGrpcException missing = await Assert.ThrowsAsync<TopicGrpcException>(() => _client.Models.ExportAsync("news", Target, Token));

        Assert.Equal(TopicGrpcStatus.Unimplemented, missing.Status);
        Assert.Contains("FakeModels.SetFiles", missing.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Target));
        Assert.Throws<ArgumentException>(
            () => _fake.Models.SetFiles("news", 1, new Dictionary<string, ReadOnlyMemory<byte>> { ["notes.txt"] = new byte[1] }));
        Assert.Throws<ArgumentException>(
            () => _fake.Models.SetFiles("news", 1, new Dictionary<string, ReadOnlyMemory<byte>> { ["config.json"] = default }));
    }

    [Fact]
    public async Task ImportAsync_Folder_IsAVersionThatCanBeExportedAgain()
    {
        await WriteAsync();
        _fake.FailNext("ImportModel", FakeFailure.Unavailable());

        ModelVersion version = await _client.Models.ImportAsync(
            "news", _folder, new ImportOptions { Labels = ["stable"], RequestId = "once" }, Token);
        ModelVersion again = await _client.Models.ImportAsync("news", _folder, new ImportOptions { RequestId = "once" }, Token);
        await _client.Models.ExportAsync("news@stable", Target, Token);

        Assert.Equal(("news", 1L, 0), (version.Model, version.Version, version.TopicCount));
        Assert.Equal(1, again.Version);
        Assert.Equal(
            _files.OrderBy(static file => file.Key).Select(static file => (file.Key, Hash(file.Value))),
            _fake.Models.Files("news", 1).OrderBy(static file => file.Key).Select(static file => (file.Key, Hash(file.Value))));
        string lines = string.Concat(
            _files.OrderBy(static file => file.Key, StringComparer.Ordinal).Select(static file => $"{Hash(file.Value)}  {file.Key}\n"));
        Assert.Equal(new ModelSource("bertopic-safetensors", "", Hash(Encoding.UTF8.GetBytes(lines)), 700_012), version.ImportedFrom);
        Assert.Equal(
            _files["topic_embeddings.safetensors"].ToArray(),
            await File.ReadAllBytesAsync(Path.Combine(Target, "topic_embeddings.safetensors"), Token));
        Assert.Equal("ImportModel", _fake.Calls[0].Method);
        Assert.Equal("news", _fake.Calls[1].Model!.Model);
    }

    [Fact]
    public async Task ImportAsync_Scripted_HasThoseTopics()
    {
        await WriteAsync();
        _fake.OnImport(
            (model, files) => Encoding.UTF8.GetString(files["topics.json"].Span) == "topics" && model == "news" ? SampleTopics.All : []);

        ModelVersion version = await _client.Models.ImportAsync("news", _folder, cancellationToken: Token);

        Assert.Equal((2, 20L), (version.TopicCount, version.DocumentCount));
        Assert.Equal("1_space_orbit", (await _client.Topics.GetAsync("news", 1, Token)).Name);
    }

    [Fact]
    public async Task ImportAsync_ScriptThrows_IsItsFailure()
    {
        await WriteAsync();
        _fake.OnImport(
            static (_, _) =>
                throw new TopicGrpcException(
                    "Another encoder.", new ErrorDetails { Status = TopicGrpcStatus.FailedPrecondition, Reason = "INCOMPATIBLE_MODEL" }));

        TopicGrpcException refused = await Assert.ThrowsAsync<TopicGrpcException>(
            () => _client.Models.ImportAsync("news", _folder, cancellationToken: Token));

        Assert.Equal("INCOMPATIBLE_MODEL", refused.Reason);
        Assert.Empty(await _client.Models.ListAsync(Token).ToListAsync(Token));
    }

    private static string Hash(ReadOnlyMemory<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes.Span));

    private async Task WriteAsync()
    {
        foreach ((string name, ReadOnlyMemory<byte> content) in _files)
        {
            await File.WriteAllBytesAsync(Path.Combine(_folder, name), content, Token);
        }
    }
}
