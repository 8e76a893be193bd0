using Grpc.Core;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Tests.Models;

public sealed class VersionLifeTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task DeleteVersion_WithoutALabel_IsGoneFromMemoryAndDiskForGood()
    {
        await using TestServer server = await TestServer.FittedAsync();
        await server.FitAsync(TestServer.FitRequest("news", "m"));

        await DeleteAsync(server, 2);
        await Refusal.ExpectAsync(StatusCode.NotFound, "VERSION_NOT_FOUND", () => DeleteAsync(server, 2));
        await DeleteAsync(server, 2, allowMissing: true);
        await server.StopAsync();
        await server.StartAgainAsync();
        Fit next = await server.FitAsync(TestServer.FitRequest("news", "m"));

        Assert.False(Directory.Exists(Path.Combine(server.DataDirectory, "models", "m", "versions", "2")));
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(server.DataDirectory, "staging")));
        Assert.Equal("models/m/versions/3", next.ModelVersion);
        Assert.Equal("3 1", await NumbersAsync(server));
    }

    [Fact]
    public async Task DeleteVersion_InService_IsRefused()
    {
        await using TestServer server = await TestServer.FittedAsync();

        await Refusal.ExpectAsync(StatusCode.FailedPrecondition, "IN_USE", () => DeleteAsync(server, 1));

        Assert.Equal("1", await NumbersAsync(server));
    }

    [Fact]
    public async Task DeleteVersion_TargetOfARollback_LeavesNothingToGoBackTo()
    {
        await using TestServer server = await TestServer.FittedAsync();
        await server.FitAsync(TestServer.FitRequest("news", "m", "stable"));

        await DeleteAsync(server, 1);

        await Refusal.ExpectAsync(StatusCode.FailedPrecondition, "NOT_AVAILABLE", async () =>
            await server.Models.RollbackLabelAsync(
                new RollbackLabelRequest { Model = "models/m", Label = "stable" }, cancellationToken: Token));
    }

    [Fact]
    public async Task KeepVersions_MoreArePublished_KeepsTheLastAndThoseThatLabelsNeed()
    {
        await using TestServer server = await TestServer.FittedAsync(("Models:KeepVersions", "2"));
        for (int fit = 0; fit < 3; fit++)
        {
            await server.FitAsync(TestServer.FitRequest("news", "m"));
        }

        Assert.Equal("4 3 1", await NumbersAsync(server));
    }

    [Fact]
    public async Task WatchModel_LabelMoves_TellsTheStateNowAndAfterEachChange()
    {
        await using TestServer server = await TestServer.FittedAsync();
        await server.FitAsync(TestServer.FitRequest("news", "m"));
        using AsyncServerStreamingCall<WatchModelResponse> watch = server.Models.WatchModel(
            new WatchModelRequest { Name = "models/m" }, cancellationToken: Token);
        Assert.True(await watch.ResponseStream.MoveNext(Token));
        WatchModelResponse before = watch.ResponseStream.Current;

        await server.Models.SetLabelAsync(
            new SetLabelRequest { Model = "models/m", Label = "stable", VersionNumber = 2 }, cancellationToken: Token);
        Assert.True(await watch.ResponseStream.MoveNext(Token));

        Assert.Equal(1, before.Model.VersionLabels["stable"]);
        Assert.Equal(2, watch.ResponseStream.Current.Model.VersionLabels["stable"]);
        Assert.Equal([2L, 1L], watch.ResponseStream.Current.ModelVersions.Select(static version => version.VersionNumber));
        await server.StopHostAsync();
        await Refusal.ExpectAsync(StatusCode.Unavailable, "SERVER_DRAINING", () => watch.ResponseStream.MoveNext(Token));
    }

    [Fact]
    public async Task WatchModel_VersionDeletedUnderAStream_DrainsThenIsDeleted()
    {
        await using TestServer server = await TestServer.FittedAsync();
        await server.FitAsync(TestServer.FitRequest("news", "m"));
        using AsyncDuplexStreamingCall<StreamPredictRequest, StreamPredictResponse> stream = server.Predictions.StreamPredict(
            cancellationToken: Token);
        await stream.RequestStream.WriteAsync(
            new StreamPredictRequest
            {
                Open = new StreamPredictRequest.Types.Open { Selector = new ModelSelector { Model = "models/m", VersionNumber = 2 } },
            },
            Token);
        await stream.RequestStream.WriteAsync(
            new StreamPredictRequest { Item = new StreamPredictRequest.Types.Item { Text = "rocket launch" } }, Token);
        Assert.True(await stream.ResponseStream.MoveNext(Token));
        using AsyncServerStreamingCall<WatchModelResponse> watch = server.Models.WatchModel(
            new WatchModelRequest { Name = "models/m" }, cancellationToken: Token);
        Assert.True(await watch.ResponseStream.MoveNext(Token));

        await DeleteAsync(server, 2);
        Assert.True(await watch.ResponseStream.MoveNext(Token));
        ModelVersion draining = watch.ResponseStream.Current.ModelVersions[0];
        GetVersionResponse described = await server.Models.GetVersionAsync(
            new GetVersionRequest { Name = "models/m/versions/2" }, cancellationToken: Token);
        await stream.RequestStream.CompleteAsync();
        Assert.False(await stream.ResponseStream.MoveNext(Token));
        Assert.True(await watch.ResponseStream.MoveNext(Token));

        Assert.Equal((2L, ModelVersion.Types.State.Draining, 1), (draining.VersionNumber, draining.State, draining.ActiveLeases));
        Assert.Equal(ModelVersion.Types.State.Draining, described.ModelVersion.State);
        Assert.Equal(
            [(1L, ModelVersion.Types.State.Ready), (2L, ModelVersion.Types.State.Deleted)],
            watch.ResponseStream.Current.ModelVersions.Select(static version => (version.VersionNumber, version.State)));
        await Refusal.ExpectAsync(StatusCode.NotFound, "VERSION_NOT_FOUND", async () =>
            await server.Models.GetVersionAsync(new GetVersionRequest { Name = "models/m/versions/2" }, cancellationToken: Token));
    }

    [Fact]
    public async Task WatchModel_Unknown_IsNotFound()
    {
        await using TestServer server = await TestServer.StartAsync();
        using AsyncServerStreamingCall<WatchModelResponse> watch = server.Models.WatchModel(
            new WatchModelRequest { Name = "models/other" }, cancellationToken: Token);

        await Refusal.ExpectAsync(StatusCode.NotFound, "MODEL_NOT_FOUND", () => watch.ResponseStream.MoveNext(Token));
    }

    private static async Task DeleteAsync(TestServer server, long number, bool allowMissing = false) =>
        await server.Models.DeleteVersionAsync(
            new DeleteVersionRequest { Name = $"models/m/versions/{number}", AllowMissing = allowMissing }, cancellationToken: Token);

    private static async Task<string> NumbersAsync(TestServer server)
    {
        ListVersionsResponse versions = await server.Models.ListVersionsAsync(
            new ListVersionsRequest { Parent = "models/m" }, cancellationToken: Token);
        return string.Join(" ", versions.ModelVersions.Select(static version => version.VersionNumber));
    }
}
