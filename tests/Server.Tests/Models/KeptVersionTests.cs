using Grpc.Core;
using Microsoft.Extensions.Time.Testing;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Tests.Models;

/// <summary>Memory has room for one version without a label here, and version 2 is made to take it.</summary>
public sealed class KeptVersionTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task RollbackLabel_WithinTheTime_ReadsNothing()
    {
        FakeTimeProvider clock = new();
        await using TestServer server = await WithTwoVersionsAsync(clock);
        await server.FitAsync(TestServer.FitRequest("news", "m", "stable"));
        await UseSecondAsync(server, clock);
        Directory.Delete(Path.Combine(server.DataDirectory, "models", "m", "versions", "1"), recursive: true);

        RollbackLabelResponse back = await server.Models.RollbackLabelAsync(
            new RollbackLabelRequest { Model = "models/m", Label = "stable" }, cancellationToken: Token);

        Assert.Equal(1, back.VersionNumber);
        Assert.Equal(1, await server.AnsweringAsync());
    }

    [Fact]
    public async Task KeepPrevious_TimeIsOver_VersionGoesBackToDiskAndWatchersSeeIt()
    {
        FakeTimeProvider clock = new();
        await using TestServer server = await WithTwoVersionsAsync(clock, ("Models:KeepPrevious", "00:05:00"));
        await server.FitAsync(TestServer.FitRequest("news", "m", "stable"));
        clock.Advance(TimeSpan.FromMinutes(4));
        await server.SetLabelAsync("stable", 1);
        await server.SetLabelAsync("stable", 3);
        await UseSecondAsync(server, clock);
        using AsyncServerStreamingCall<WatchModelResponse> watch = server.Models.WatchModel(
            new WatchModelRequest { Name = "models/m" }, cancellationToken: Token);
        Assert.True(await watch.ResponseStream.MoveNext(Token));

        // Four minutes later: the second move began the time anew.
        clock.Advance(TimeSpan.FromMinutes(4));
        Assert.Equal(ModelVersion.Types.State.Ready, (await server.VersionAsync(1)).State);
        clock.Advance(TimeSpan.FromMinutes(1));

        await UntilLoadedAsync(watch, 3, 2);
        Assert.Equal(ModelVersion.Types.State.Stored, (await server.VersionAsync(1)).State);
    }

    [Fact]
    public async Task KeepPrevious_Zero_VersionMakesRoomForOthers()
    {
        FakeTimeProvider clock = new();
        await using TestServer server = await WithTwoVersionsAsync(clock, ("Models:KeepPrevious", "00:00:00"));

        await server.FitAsync(TestServer.FitRequest("news", "m", "stable"));
        await UseSecondAsync(server, clock);

        Assert.Equal(ModelVersion.Types.State.Stored, (await server.VersionAsync(1)).State);
    }

    [Fact]
    public async Task KeepPrevious_PolicyLeavesAVersion_KeepsItToo()
    {
        FakeTimeProvider clock = new();
        await using TestServer server = await WithTwoVersionsAsync(clock);
        clock.Advance(TimeSpan.FromSeconds(1));
        await server.FitAsync(TestServer.FitRequest("news", "m"));
        await server.SetTrafficAsync(TrafficCalls.Split((1, 5000), (3, 5000)));
        await UseSecondAsync(server, clock);

        await server.SetTrafficAsync(null);
        Assert.Equal(ModelVersion.Types.State.Ready, (await server.VersionAsync(3)).State);
        using AsyncServerStreamingCall<WatchModelResponse> watch = server.Models.WatchModel(
            new WatchModelRequest { Name = "models/m" }, cancellationToken: Token);
        Assert.True(await watch.ResponseStream.MoveNext(Token));
        clock.Advance(TimeSpan.FromMinutes(10));

        await UntilLoadedAsync(watch, 2, 1);
    }

    [Fact]
    public async Task Predict_VersionsByTurnsWhileMemoryHoldsOne_NoneIsPushedOutBeforeItAnswers()
    {
        await using TestServer server = await WithTwoVersionsAsync(new FakeTimeProvider());
        await server.FitAsync(TestServer.FitRequest("news", "m"));

        // The clock stands still, so none of them was used later than another.
        foreach (long version in (long[])[3, 2, 3, 2])
        {
            Assert.Equal(version, await server.AnsweringAsync(version: version).WaitAsync(TimeSpan.FromSeconds(60), Token));
        }
    }

    private static async Task UseSecondAsync(TestServer server, FakeTimeProvider clock)
    {
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(2, await server.AnsweringAsync(version: 2));
    }

    /// <summary>Reads states until these versions alone are in memory; one that leaves may show as draining first.</summary>
    private static async Task UntilLoadedAsync(AsyncServerStreamingCall<WatchModelResponse> watch, params long[] numbers)
    {
        do
        {
            Assert.True(await watch.ResponseStream.MoveNext(Token).WaitAsync(TimeSpan.FromSeconds(60), Token), "The watch has ended.");
        }
        while (!watch.ResponseStream.Current.ModelVersions.Select(static version => version.VersionNumber).SequenceEqual(numbers));
    }

    private static async Task<TestServer> WithTwoVersionsAsync(FakeTimeProvider clock, params (string Key, string? Value)[] configuration)
    {
        TestServer server = await TestServer.FittedAsync(clock, [("Models:KeepLoaded", "1"), .. configuration]);
        clock.Advance(TimeSpan.FromSeconds(1));
        await server.FitAsync(TestServer.FitRequest("news", "m"));
        return server;
    }
}
