using Grpc.Core;
using TopicGrpc.Testing;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Tests.Models;

public sealed class ModelTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SetLabel_UnderLoad_NoCallFailsAndLaterCallsSeeTheNewVersion()
    {
        await using TestServer server = await TestServer.FittedAsync();
        await server.FitAsync(TestServer.FitRequest("news", "m"));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        Task<int>[] callers = [.. Enumerable.Range(0, 4).Select(_ => CallAsync(server, stop.Token))];

        for (int move = 0; move < 50; move++)
        {
            long target = 1 + (move % 2);
            await server.Models.SetLabelAsync(
                new SetLabelRequest { Model = "models/m", Label = "stable", VersionNumber = target }, cancellationToken: Token);
            PredictResponse answer = await PredictAsync(server);
            Assert.Equal($"models/m/versions/{target}", answer.ModelVersion);
        }

        await stop.CancelAsync();
        Assert.All(await Task.WhenAll(callers), static calls => Assert.True(calls > 0));
        ListVersionsResponse versions = await server.Models.ListVersionsAsync(
            new ListVersionsRequest { Parent = "models/m" }, cancellationToken: Token);
        Assert.Equal([2L, 1L], versions.ModelVersions.Select(static version => version.VersionNumber));
        Assert.All(versions.ModelVersions, static version => Assert.Equal(0, version.ActiveLeases));
    }

    [Fact]
    public async Task RollbackLabel_AfterAMove_GoesBackOneStepAndNoFurther()
    {
        await using TestServer server = await TestServer.FittedAsync();
        await server.FitAsync(TestServer.FitRequest("news", "m", "stable"));
        RollbackLabelRequest request = new() { Model = "models/m", Label = "stable" };
        Assert.Equal("models/m/versions/2", (await PredictAsync(server)).ModelVersion);

        RollbackLabelResponse back = await server.Models.RollbackLabelAsync(request, cancellationToken: Token);

        Assert.Equal(1, back.VersionNumber);
        Assert.Equal("models/m/versions/1", (await PredictAsync(server)).ModelVersion);
        await Refusal.ExpectAsync(
            StatusCode.FailedPrecondition,
            "NOT_AVAILABLE",
            async () => await server.Models.RollbackLabelAsync(request, cancellationToken: Token));
        request.Label = "canary";
        await Refusal.ExpectAsync(
            StatusCode.NotFound, "LABEL_NOT_FOUND", async () => await server.Models.RollbackLabelAsync(request, cancellationToken: Token));
    }

    [Fact]
    public async Task Restart_LabelledVersion_ServesAgainAndOthersAreLoadedOnDemand()
    {
        await using TestServer server = await TestServer.FittedAsync();
        await server.FitAsync(TestServer.FitRequest("news", "m"));
        await server.StopAsync();

        await server.StartAgainAsync();

        Assert.Equal("models/m/versions/1", (await PredictAsync(server)).ModelVersion);
        Assert.Equal(ModelVersion.Types.State.Stored, (await VersionAsync(server, 2)).State);
        Assert.Equal("models/m/versions/2", (await PredictAsync(server, 2)).ModelVersion);
        Assert.Equal(ModelVersion.Types.State.Ready, (await VersionAsync(server, 2)).State);
    }

    [Fact]
    public async Task Restart_WithAnotherEncoder_NeverAnswersWithIt()
    {
        await using TestServer server = await TestServer.FittedAsync();
        await server.StopAsync();
        using FakeEmbedder other = new("other");

        await server.StartAgainAsync(other);

        await Refusal.ExpectAsync(StatusCode.FailedPrecondition, "INCOMPATIBLE_MODEL", () => PredictAsync(server));
        Assert.Equal(ModelVersion.Types.State.Failed, (await VersionAsync(server, 1)).State);
    }

    [Fact]
    public async Task Restart_DamagedVersion_SaysSoAndTheServerIsUp()
    {
        await using TestServer server = await TestServer.FittedAsync();
        await server.StopAsync();
        string file = Directory.EnumerateFiles(Path.Combine(server.DataDirectory, "models", "m", "versions", "1"))
            .OrderByDescending(static path => new FileInfo(path).Length)
            .First();
        byte[] bytes = await File.ReadAllBytesAsync(file, Token);
        bytes[^1] ^= 1;
        await File.WriteAllBytesAsync(file, bytes, Token);

        await server.StartAgainAsync();

        await Refusal.ExpectAsync(StatusCode.FailedPrecondition, "VERSION_NOT_LOADED", () => PredictAsync(server));
    }

    [Fact]
    public async Task Restart_FolderThatNoVersionRefersTo_IsMovedToQuarantine()
    {
        await using TestServer server = await TestServer.FittedAsync();
        await server.StopAsync();
        Directory.CreateDirectory(Path.Combine(server.DataDirectory, "models", "m", "versions", "7"));

        await server.StartAgainAsync();

        Assert.False(Directory.Exists(Path.Combine(server.DataDirectory, "models", "m", "versions", "7")));
        Assert.True(Directory.Exists(Path.Combine(server.DataDirectory, "quarantine", "m-7")));
        Assert.Equal("models/m/versions/1", (await PredictAsync(server)).ModelVersion);
    }

    [Fact]
    public async Task ListTopicDocuments_PageByPage_GivesEveryDocumentOnce()
    {
        await using TestServer server = await TestServer.FittedAsync();
        List<ListTopicDocumentsResponse.Types.Member> members = [];
        ListTopicDocumentsRequest request = new() { Selector = new ModelSelector { Model = "models/m" }, PageSize = 70 };
        do
        {
            ListTopicDocumentsResponse page = await server.Topics.ListTopicDocumentsAsync(request, cancellationToken: Token);
            members.AddRange(page.Members);
            request.PageToken = page.NextPageToken;
        }
        while (request.PageToken.Length > 0);

        Assert.Equal(200, members.Select(static member => member.DocumentId).Distinct().Count());
        Assert.Equal(200, members.Count);
        Assert.Contains(members, static member => member.Representative);
    }

    [Fact]
    public async Task ListTopicDocuments_AllParts_GivesTextPositionAndEmbeddingOnce()
    {
        await using TestServer server = await TestServer.FittedAsync();
        List<ListTopicDocumentsResponse.Types.Member> members = [];
        ListTopicDocumentsRequest request = new()
        {
            Selector = new ModelSelector { Model = "models/m" },
            PageSize = 70,
            IncludeContent = true,
            IncludePosition = true,
            IncludeEmbedding = true,
        };
        do
        {
            ListTopicDocumentsResponse page = await server.Topics.ListTopicDocumentsAsync(request, cancellationToken: Token);
            members.AddRange(page.Members);
            request.PageToken = page.NextPageToken;
        }
        while (request.PageToken.Length > 0);

        Assert.Equal(200, members.Select(static member => member.DocumentId).Distinct().Count());
        Assert.Equal(200, members.Count);
        Assert.All(members, static member => Assert.NotEmpty(member.Text));
        Assert.True(members.Select(static member => (member.Position.X, member.Position.Y)).Distinct().Count() > 1);
        Assert.All(members, static member => Assert.Equal(1, member.Embedding.Sum(static number => (double)number * number), 1e-5));
    }

    [Fact]
    public async Task GetTopic_Unknown_IsNotFound()
    {
        await using TestServer server = await TestServer.FittedAsync();

        await Refusal.ExpectAsync(StatusCode.NotFound, "TOPIC_NOT_FOUND", async () =>
            await server.Topics.GetTopicAsync(
                new GetTopicRequest { Selector = new ModelSelector { Model = "models/m" }, TopicId = 99 }, cancellationToken: Token));
    }

    private static async Task<int> CallAsync(TestServer server, CancellationToken stop)
    {
        int calls = 0;
        while (!stop.IsCancellationRequested)
        {
            PredictResponse answer = await PredictAsync(server);
            Assert.Contains(answer.ModelVersion, (string[])["models/m/versions/1", "models/m/versions/2"]);
            calls++;
        }

        return calls;
    }

    private static async Task<PredictResponse> PredictAsync(TestServer server, long version = 0)
    {
        ModelSelector selector = new() { Model = "models/m" };
        if (version > 0)
        {
            selector.VersionNumber = version;
        }

        return await server.Predictions.PredictAsync(
            new PredictRequest { Selector = selector, Text = "rocket launch" }, cancellationToken: Token);
    }

    private static async Task<ModelVersion> VersionAsync(TestServer server, long number) =>
        (await server.Models.GetVersionAsync(
            new GetVersionRequest { Name = $"models/m/versions/{number}" }, cancellationToken: Token)).ModelVersion;
}
