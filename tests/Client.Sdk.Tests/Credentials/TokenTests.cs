using System.Globalization;
using TopicGrpc.Client.Configuration;
using TopicGrpc.Client.Errors;
using TopicGrpc.Client.Models;
using TopicGrpc.Client.Sdk.Tests.Fakes;
using TopicGrpc.Client.Testing;
using TopicGrpc.Client.Topics;

namespace TopicGrpc.Client.Sdk.Tests.Credentials;

/// <summary>Keys and tokens that the client sends, and what it does if the server rejects them.</summary>
public sealed class TokenTests : IDisposable
{
    private readonly FakeTopicGrpc _fake = new();
    private readonly string _file = Path.GetTempFileName();
    private int _asked;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Provider_TokenRejected_IsAskedOnceMoreAndTheCallIsRepeated()
    {
        using TokenGate gate = new(_fake.HttpHandler, "Bearer t2");
        using TopicGrpcClient client = Client(gate);

        await client.Server.GetInfoAsync(Token);
        await client.Server.GetInfoAsync(Token);

        Assert.Equal(["Bearer t1", "Bearer t2", "Bearer t2"], gate.Headers);
        Assert.Equal(2, _asked);
    }

    [Fact]
    public async Task Provider_NewTokenRejectedToo_FailsAndTheNextCallAsksAgain()
    {
        using TokenGate gate = new(_fake.HttpHandler, "Bearer t4");
        using TopicGrpcClient client = Client(gate);

        UnauthenticatedException rejected = await Assert.ThrowsAsync<UnauthenticatedException>(() => client.Server.GetInfoAsync(Token));
        await Assert.ThrowsAsync<UnauthenticatedException>(() => client.Server.GetInfoAsync(Token));
        await client.Server.GetInfoAsync(Token);

        Assert.Equal("expired", rejected.Message);
        Assert.Equal(["Bearer t1", "Bearer t2", "Bearer t2", "Bearer t3", "Bearer t3", "Bearer t4"], gate.Headers);
    }

    [Fact]
    public async Task Provider_CallsRejectedTogether_ShareOneNewToken()
    {
        const int Calls = 16;
        using TokenGate gate = new(_fake.HttpHandler, "Bearer t2");
        using TopicGrpcClient client = Client(gate);
        gate.RejectTogether(Calls);

        await Task.WhenAll(Enumerable.Range(0, Calls).Select(_ => client.Server.GetInfoAsync(Token)));

        Assert.Equal(2, _asked);
        Assert.Equal(Calls, gate.Headers.Count(static header => header == "Bearer t1"));
        Assert.Equal(Calls, gate.Headers.Count(static header => header == "Bearer t2"));
    }

    [Fact]
    public async Task Provider_CallsThatStartTogether_ShareOneRequest()
    {
        TaskCompletionSource answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using TokenGate gate = new(_fake.HttpHandler, "Bearer slow");
        using TopicGrpcClient client = Client(gate, options => options.TokenProvider = async cancellationToken =>
        {
            Interlocked.Increment(ref _asked);
            await answer.Task.WaitAsync(cancellationToken);
            return "slow";
        });

        Task[] calls = [.. Enumerable.Range(0, 8).Select(_ => client.Server.GetInfoAsync(Token))];
        answer.SetResult();
        await Task.WhenAll(calls);

        Assert.Equal(1, _asked);
        Assert.Equal(8, gate.Headers.Count);
    }

    [Fact]
    public async Task Provider_StreamRejected_ResumesWithANewToken()
    {
        _fake.Models.Add("news", new TopicInfo { Id = 0, Name = "0_gpu_card_driver", Count = 12 });
        using TokenGate gate = new(_fake.HttpHandler, "Bearer t2");
        using TopicGrpcClient client = Client(gate);

        await foreach (ModelState state in client.Models.WatchAsync("news", Token))
        {
            Assert.Equal("news", state.Model.Name);
            break;
        }

        Assert.Equal(["Bearer t1", "Bearer t2"], gate.Headers);
        Assert.Equal(2, _asked);
    }

    [Fact]
    public async Task TokenFile_Replaced_IsReadAgainWhenTheOldTokenIsRejected()
    {
        await File.WriteAllTextAsync(_file, "old\n", Token);
        using TokenGate gate = new(_fake.HttpHandler, "Bearer new");
        using TopicGrpcClient client = Client(gate, options => (options.TokenProvider, options.TokenFile) = (null, _file));

        await Assert.ThrowsAsync<UnauthenticatedException>(() => client.Server.GetInfoAsync(Token));
        await File.WriteAllTextAsync(_file, "new\n", Token);
        await client.Server.GetInfoAsync(Token);

        Assert.Equal(["Bearer old", "Bearer old", "Bearer old", "Bearer new"], gate.Headers);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ApiKey_Rejected_FailsWithoutASecondAttempt(bool isFile)
    {
        await File.WriteAllTextAsync(_file, " tg_key \n", Token);
        using TokenGate gate = new(_fake.HttpHandler);
        using TopicGrpcClient client = Client(gate, options =>
        {
            options.TokenProvider = null;
            options.ApiKey = isFile ? null : "tg_key";
            options.ApiKeyFile = isFile ? _file : null;
        });

        await Assert.ThrowsAsync<UnauthenticatedException>(() => client.Server.GetInfoAsync(Token));

        Assert.Equal(["Bearer tg_key"], gate.Headers);
    }

    [Fact]
    public void Options_SeveralCredentialsAndMissingFiles_AreAllReported()
    {
        TopicGrpcClientOptions options = new()
        {
            Address = new Uri("http://localhost:1"),
            ApiKey = "tg_key",
            TokenFile = "/none/token",
            CaFile = "/none/ca.pem",
            ClientKeyFile = _file,
        };

        string[] errors = [.. TopicGrpcClientOptionsValidator.Errors(options)];

        Assert.Equal(
            [
                "ApiKey, ApiKeyFile, TokenFile and TokenProvider: at most one may be set.",
                "TokenFile: '/none/token' does not exist.",
                "CaFile: '/none/ca.pem' does not exist.",
                "ClientKeyFile: needs ClientCertificateFile.",
            ],
            errors);
    }

    public void Dispose()
    {
        _fake.Dispose();
        File.Delete(_file);
    }

    private TopicGrpcClient Client(TokenGate gate, Action<TopicGrpcClientOptions>? configure = null) => _fake.CreateClient(options =>
    {
        options.HttpHandler = gate;
        options.TokenProvider = _ => new(string.Create(CultureInfo.InvariantCulture, $"t{Interlocked.Increment(ref _asked)}"));
        configure?.Invoke(options);
    });
}
