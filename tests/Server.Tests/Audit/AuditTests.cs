using System.Text.Json;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using TopicGrpc.Server.Keys;
using TopicGrpc.Server.Tests.Access;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Tests.Audit;

/// <summary>One line for each change and each rejected call, without texts.</summary>
public sealed class AuditTests
{
    private const string Canary = "zyzzyva-canary";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Change_Unary_IsRecordedBeforeTheAnswer()
    {
        await using TestServer server = await TestServer.StartAsync();
        (string id, string secret) = server.CreateKey(Role.Writer);

        await new CorpusService.CorpusServiceClient(server.With(secret)).CreateCorpusAsync(
            new CreateCorpusRequest { CorpusId = "news" }, cancellationToken: Token);

        JsonElement line = Assert.Single(await LinesAsync(server));
        Assert.Equal("keys/" + id, line.GetProperty("caller").GetString());
        Assert.Equal("/topicgrpc.v1.CorpusService/CreateCorpus", line.GetProperty("method").GetString());
        Assert.Equal(["corpus_id=news"], line.GetProperty("resources").EnumerateArray().Select(static name => name.GetString()));
        Assert.Equal("OK", line.GetProperty("outcome").GetString());
        Assert.StartsWith("127.0.0.1:", line.GetProperty("peer").GetString(), StringComparison.Ordinal);
        Assert.NotEmpty(line.GetProperty("trace").GetString()!);
    }

    [Fact]
    public async Task Rejections_OfEveryKind_AreRecordedOnce()
    {
        await using TestServer server = await TestServer.StartAsync();
        (_, string reader) = server.CreateKey(Role.Reader, models: "own-*");
        ModelService.ModelServiceClient caller = new(server.With(reader));

        await Assert.ThrowsAsync<RpcException>(
            async () => await new ModelService.ModelServiceClient(server.With(null)).ListModelsAsync(
                new ListModelsRequest(), cancellationToken: Token));
        await Assert.ThrowsAsync<RpcException>(
            async () => await caller.DeleteVersionAsync(
                new DeleteVersionRequest { Name = "models/own-a/versions/1" }, cancellationToken: Token));
        await Assert.ThrowsAsync<RpcException>(
            async () => await caller.GetModelAsync(new GetModelRequest { Name = "models/other" }, cancellationToken: Token));
        await Assert.ThrowsAsync<RpcException>(
            async () => await caller.GetModelAsync(new GetModelRequest { Name = "models/own-none" }, cancellationToken: Token));
        await server.StopAsync();

        // A line is written after the answer, so the next call may be recorded first.
        var lines = (await LinesAsync(server)).ToDictionary(static line => line.GetProperty("reason").GetString()!);
        Assert.Equal(["CREDENTIALS_MISSING", "MODEL_NOT_FOUND", "ROLE_REQUIRED"], lines.Keys.Order(StringComparer.Ordinal));
        Assert.All(lines.Values, static line => Assert.True(line.GetProperty("rejected").GetBoolean()));
        Assert.Equal("unknown", lines["CREDENTIALS_MISSING"].GetProperty("caller").GetString());
        Assert.Equal("name=models/other", lines["MODEL_NOT_FOUND"].GetProperty("resources")[0].GetString());
    }

    [Fact]
    public async Task OfflineKey_Created_IsRecordedWithTheUserOfTheSystem()
    {
        await using TestServer server = await TestServer.StartAsync();
        await server.StopAsync();

        (string id, _) = await new OfflineKey("first", "admin") { Quota = new OfflineKeyQuota { CallsPerSecond = 7 } }
            .CreateAsync(server.DataDirectory);

        JsonElement line = Assert.Single(await LinesAsync(server));
        Assert.Equal($"offline/{Environment.UserName}", line.GetProperty("caller").GetString());
        Assert.Equal("local", line.GetProperty("peer").GetString());
        Assert.Equal("/topicgrpc.v1.KeyService/CreateKey", line.GetProperty("method").GetString());
        Assert.Equal($"name=keys/{id}", line.GetProperty("resources")[0].GetString());
        await server.StartAgainAsync();
        Assert.Equal(7, server.Services.GetRequiredService<KeyStore>().Get(id).Row.Settings.Quota.CallsPerSecond);
    }

    [Fact]
    public async Task Texts_IngestedAndPredicted_AreInNoLine()
    {
        await using TestServer server = await TestServer.FittedAsync();
        await using (IngestCall call = await IngestCall.OpenAsync(server, "news", "canary"))
        {
            await call.SendAsync(0, [("canary", Canary)]);
            await call.ReadAckAsync();
            await call.CloseAsync();
        }

        await server.Predictions.PredictAsync(
            new PredictRequest { Selector = new ModelSelector { Model = "models/m" }, Text = Canary }, cancellationToken: Token);
        await server.StopAsync();

        JsonElement[] lines = await LinesAsync(server);
        Assert.DoesNotContain(lines, static line => line.ToString().Contains(Canary, StringComparison.Ordinal));
        Assert.Contains(
            lines, static line => line.GetProperty("method").GetString()!.EndsWith("/IngestDocuments", StringComparison.Ordinal));
        Assert.DoesNotContain(lines, static line => line.GetProperty("method").GetString()!.EndsWith("/Predict", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Files_BeyondTheirSize_AreRotatedAndTheOldestDeleted()
    {
        await using TestServer server = await TestServer.StartAsync(("Audit:MaxFileBytes", "4096"), ("Audit:MaxFiles", "2"));
        for (int index = 0; index < 60; index++)
        {
            await server.CreateCorpusAsync(FormattableString.Invariant($"c{index}"));
        }

        await server.StopAsync();
        string[] files = [.. Directory.GetFiles(Path.Combine(server.DataDirectory, "audit")).Order(StringComparer.Ordinal)];
        Assert.Equal(2, files.Length);
        Assert.All(files, static file => Assert.InRange(new FileInfo(file).Length, 1, 4096));
        JsonElement[] lines = await LinesAsync(server);
        Assert.Equal("corpus_id=c59", lines[^1].GetProperty("resources")[0].GetString());
    }

    [Fact]
    public async Task Restart_IncompleteLine_IsCutAndTheLogContinues()
    {
        await using TestServer server = await TestServer.StartAsync();
        await server.CreateCorpusAsync("a");
        await server.StopAsync();
        string file = Assert.Single(Directory.GetFiles(Path.Combine(server.DataDirectory, "audit")));
        await File.AppendAllTextAsync(file, "{\"time\":\"20", Token);

        await server.StartAgainAsync();
        await server.CreateCorpusAsync("b");
        await server.StopAsync();

        Assert.Equal(
            ["corpus_id=a", "corpus_id=b"],
            (await LinesAsync(server)).Select(static line => line.GetProperty("resources")[0].GetString()));
    }

    [Fact]
    public async Task Rejections_Flood_AreCountedInsteadOfRecorded()
    {
        await using TestServer server = await TestServer.StartAsync(("Audit:MaxRejectionsPerSecond", "1"));
        (_, string writer) = server.CreateKey(Role.Writer);
        for (int call = 0; call < 50; call++)
        {
            await Assert.ThrowsAsync<RpcException>(
                async () => await new ModelService.ModelServiceClient(server.With(null)).ListModelsAsync(
                    new ListModelsRequest(), cancellationToken: Token));
        }

        await new CorpusService.CorpusServiceClient(server.With(writer)).CreateCorpusAsync(
            new CreateCorpusRequest { CorpusId = "last" }, cancellationToken: Token);
        await server.StopAsync();

        JsonElement[] lines = await LinesAsync(server);
        long unrecorded = lines.Sum(static line => line.TryGetProperty("unrecorded", out JsonElement count) ? count.GetInt64() : 0);
        Assert.InRange(lines.Length, 2, 40);
        Assert.Equal(51, lines.Length + unrecorded);
    }

    private static async Task<JsonElement[]> LinesAsync(TestServer server)
    {
        List<JsonElement> lines = [];
        foreach (string file in Directory.GetFiles(Path.Combine(server.DataDirectory, "audit")).Order(StringComparer.Ordinal))
        {
            await using FileStream stream = new(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using StreamReader reader = new(stream);
            while (await reader.ReadLineAsync(Token) is { } line)
            {
                lines.Add(JsonDocument.Parse(line).RootElement.Clone());
            }
        }

        return [.. lines];
    }
}
