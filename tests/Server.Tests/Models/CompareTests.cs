using Grpc.Core;
using TopicGrpc.Testing;
using TopicGrpc.V1;
using Change = TopicGrpc.V1.CompareModelVersionsResponse.Types.Change;
using Parts = TopicGrpc.V1.VersionOperation.Types;

namespace TopicGrpc.Server.Tests.Models;

public sealed class CompareTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task CompareModelVersions_RefitWithAnotherSeedAndMoreDocuments_KeepsAllTopicsAndUids()
    {
        await using TestServer server = await TestServer.FittedAsync();
        await server.FillCorpusAsync("more", 210);
        StartFitRequest request = TestServer.FitRequest("more", "m", "canary");
        request.Settings.Seed = 7;
        Assert.Equal(Fit.Types.State.Succeeded, (await server.FitAsync(request)).State);

        CompareModelVersionsResponse comparison = await CompareAsync(
            server, Stable(), new ModelSelector { Model = "models/m", VersionLabel = "canary" });

        Assert.Equal(("models/m/versions/1", "models/m/versions/2"), (comparison.BaseModelVersion, comparison.ModelVersion));
        Assert.Equal(ThemedTexts.ThemeCount, comparison.Matches.Count);
        Assert.All(comparison.Matches, static match => Assert.Equal((Change.Kept, match.BaseTopic.Uid), (match.Change, match.Topic.Uid)));
        Assert.All(comparison.Matches, static match => Assert.InRange(match.CentroidSimilarity, 0.95, 1 + 1e-6));
        Assert.All(comparison.Matches, static match => Assert.InRange(match.TermSimilarity, 0.9, 1 + 1e-6));
        Assert.Equal(200, comparison.SharedDocumentCount);
        Assert.InRange(comparison.UidStability, 0.9, 1);
        Assert.InRange(comparison.AdjustedRandIndex, 0.9, 1);
    }

    [Fact]
    public async Task CompareModelVersions_DerivedByAMerge_ShowsItAndLeavesNoLease()
    {
        await using TestServer server = await TestServer.FittedAsync();
        DeriveVersionResponse started = await server.Models.DeriveVersionAsync(
            new DeriveVersionRequest
            {
                Selector = Stable(),
                Operation = new VersionOperation
                {
                    MergeTopics = new Parts.MergeTopics { Groups = { new Parts.MergeTopics.Types.Group { TopicIds = { 1, 2 } } } },
                },
            },
            cancellationToken: Token);
        await server.EndOfAsync(started.Fit.Name);

        CompareModelVersionsResponse comparison = await CompareAsync(
            server, Stable(), new ModelSelector { Model = "models/m", VersionNumber = 2 });

        Assert.Equal([Change.Kept, Change.Merged, Change.Merged, Change.Kept], comparison.Matches.Select(static match => match.Change));
        Assert.Equal(comparison.Matches[1].BaseTopic.Uid, comparison.Matches[1].Topic.Uid);
        Assert.Equal(comparison.Matches[1].Topic, comparison.Matches[2].Topic);
        ModelVersion version = (await server.Models.GetVersionAsync(
            new GetVersionRequest { Name = "models/m/versions/1" }, cancellationToken: Token)).ModelVersion;
        Assert.Equal(0, version.ActiveLeases);
    }

    [Fact]
    public async Task CompareModelVersions_UnknownVersionOrNoSelector_IsRefused()
    {
        await using TestServer server = await TestServer.FittedAsync();
        ModelSelector unknown = new() { Model = "models/m", VersionNumber = 9 };

        await Refusal.ExpectAsync(StatusCode.NotFound, "VERSION_NOT_FOUND", () => CompareAsync(server, Stable(), unknown));
        await Refusal.ExpectAsync(StatusCode.NotFound, "VERSION_NOT_FOUND", () => CompareAsync(server, unknown, Stable()));
        RpcException missing = await Refusal.ExpectAsync(
            StatusCode.InvalidArgument, "INVALID_FIELD", () => CompareAsync(server, null, Stable()));
        Assert.Contains("base_selector", missing.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CompareModelVersions_VersionOfAnotherEncoder_IsIncompatible()
    {
        await using TestServer server = await TestServer.FittedAsync();
        await server.StopAsync();
        FakeEmbedder other = new("other");
        await server.StartAgainAsync(other);

        await Refusal.ExpectAsync(StatusCode.FailedPrecondition, "INCOMPATIBLE_MODEL", () => CompareAsync(server, Stable(), Stable()));
    }

    private static ModelSelector Stable() => new() { Model = "models/m", VersionLabel = "stable" };

    private static async Task<CompareModelVersionsResponse> CompareAsync(TestServer server, ModelSelector? older, ModelSelector newer) =>
        await server.Models.CompareModelVersionsAsync(
            new CompareModelVersionsRequest { BaseSelector = older, Selector = newer }, cancellationToken: Token);
}
