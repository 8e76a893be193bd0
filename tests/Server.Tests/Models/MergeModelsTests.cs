using Grpc.Core;
using TopicGrpc.Shared;
using TopicGrpc.Testing;
using TopicGrpc.V1;
using Merge = TopicGrpc.V1.VersionOperation.Types.MergeModels;

namespace TopicGrpc.Server.Tests.Models;

public sealed class MergeModelsTests
{
    private const string Field = "operation.merge_models.model_versions";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task MergeModels_TwoCorporaOfTheSameThemes_JoinsAlikeTopicsAndRecordsItsParents()
    {
        await using TestServer server = await TwoModelsAsync();

        Fit fit = await MergeAsync(server, new Merge { ModelVersions = { "models/other/versions/1" } }, "canary");

        Assert.Equal(
            ("models/m/versions/2", "models/m/versions/1", string.Empty, 320L),
            (fit.ModelVersion, fit.ParentVersion, fit.Corpus, fit.DocumentCount));
        ModelVersion version = (await server.Models.GetVersionAsync(
            new GetVersionRequest { Name = fit.ModelVersion }, cancellationToken: Token)).ModelVersion;
        Assert.Equal((4, 320L, "models/m/versions/1"), (version.TopicCount, version.DocumentCount, version.ParentVersion));
        Assert.Equal(["models/other/versions/1"], version.Operation.MergeModels.ModelVersions);
        Assert.Null(version.ImportedFrom);
        ListTopicsResponse topics = await TopicsAsync(server, 2);
        Assert.Equal(320, topics.Topics.Sum(static topic => topic.DocumentCount));
        Assert.All(topics.Topics, topic => Assert.Contains(topic.Words, static word => word.Term.Length > 0));
        ListTopicDocumentsResponse documents = await server.Topics.ListTopicDocumentsAsync(
            new ListTopicDocumentsRequest { Selector = Version(2), PageSize = 1000 }, cancellationToken: Token);
        Assert.Equal(320, documents.Members.Select(static member => member.DocumentId).Distinct().Count());
        Assert.Contains(documents.Members, static member => member.DocumentId == "news/d00000");
        Assert.Contains(documents.Members, static member => member.DocumentId == "more/d00000");
        Assert.Equal(0, version.ActiveLeases);
        Assert.All(
            (await server.Models.ListVersionsAsync(
                new ListVersionsRequest { Parent = "models/other" }, cancellationToken: Token)).ModelVersions,
            static parent => Assert.Equal(0, parent.ActiveLeases));
    }

    [Fact]
    public async Task MergeModels_HighestSimilarity_AppendsEveryTopicAndAnswersByCentroidAlsoAfterARestart()
    {
        await using TestServer server = await TwoModelsAsync();
        Fit fit = await MergeAsync(server, new Merge { ModelVersions = { "models/other/versions/1" }, MinSimilarity = 1 });
        Prediction before = await PredictAsync(server);

        await server.StopAsync();
        await server.StartAgainAsync();

        Assert.Equal(8, fit.Report.TopicCount);
        Assert.Equal(PredictMode.Centroid, before.Mode);
        Assert.Equal(before, await PredictAsync(server));
        await Refusal.ExpectAsync(
            StatusCode.FailedPrecondition,
            ErrorReasons.NotAvailable,
            () => server.Predictions.PredictAsync(
                new PredictRequest { Selector = Version(2), Text = "rocket", Options = new PredictOptions { Mode = PredictMode.Density } },
                cancellationToken: Token).ResponseAsync);
        await Refusal.ExpectAsync(
            StatusCode.FailedPrecondition,
            ErrorReasons.NotAvailable,
            () => server.Topics.GetTopicHierarchyAsync(
                new GetTopicHierarchyRequest { Selector = Version(2) }, cancellationToken: Token).ResponseAsync);
    }

    [Fact]
    public async Task MergeModels_ThenUpdateTopics_FindsWordsInTheDocumentsOfBothCorpora()
    {
        await using TestServer server = await TwoModelsAsync();
        await MergeAsync(server, new Merge { ModelVersions = { "models/other/versions/1" } });

        Fit update = await server.EndOfAsync(
            (await DeriveAsync(server, 2, new VersionOperation { UpdateTopics = new() { TopNWords = 3 } })).Fit.Name);

        Assert.True(update.State == Fit.Types.State.Succeeded, update.Error?.ToString());
        Assert.All((await TopicsAsync(server, 3)).Topics, static topic => Assert.InRange(topic.Words.Count, 1, 3));
        GetTopicHierarchyResponse hierarchy = await server.Topics.GetTopicHierarchyAsync(
            new GetTopicHierarchyRequest { Selector = Version(3) }, cancellationToken: Token);
        Assert.Equal(3, hierarchy.Merges.Count);
        await server.Corpora.DeleteCorpusAsync(new DeleteCorpusRequest { Name = "corpora/more" }, cancellationToken: Token);
        RpcException gone = await Refusal.ExpectAsync(
            StatusCode.FailedPrecondition,
            ErrorReasons.NotAvailable,
            () => DeriveAsync(server, 3, new VersionOperation { UpdateTopics = new() { TopNWords = 4 } }));
        Assert.Contains("corpora/more", gone.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task MergeModels_VersionsThatCannotBeJoined_AreRefusedAtOnce()
    {
        await using TestServer server = await TestServer.FittedAsync();

        Assert.Equal([Field], await FieldsAsync(server, new Merge()));
        Assert.Equal([Field], await FieldsAsync(server, new Merge { ModelVersions = { "models/m/versions/1" } }));
        Assert.Equal(
            [Field + "[1]"], await FieldsAsync(server, new Merge { ModelVersions = { "models/x/versions/1", "models/x/versions/1" } }));
        Assert.Equal([Field + "[0]"], await FieldsAsync(server, new Merge { ModelVersions = { "models/m" } }));
        Assert.Equal(
            [Field],
            await FieldsAsync(
                server, new Merge { ModelVersions = { Enumerable.Range(2, 17).Select(static number => $"models/m/versions/{number}") } }));
        Assert.Equal(
            ["operation.merge_models.min_similarity"],
            await FieldsAsync(server, new Merge { ModelVersions = { "models/m/versions/2" }, MinSimilarity = 1.5 }));
        await Refusal.ExpectAsync(
            StatusCode.NotFound,
            ErrorReasons.VersionNotFound,
            () => StartAsync(server, new Merge { ModelVersions = { "models/m/versions/7" } }));
        await Refusal.ExpectAsync(
            StatusCode.NotFound,
            ErrorReasons.ModelNotFound,
            () => StartAsync(server, new Merge { ModelVersions = { "models/none/versions/1" } }));

        // A second fit of the same corpus holds the same documents.
        await server.FitAsync(TestServer.FitRequest("news", "m"));
        Assert.Equal([Field], await FieldsAsync(server, new Merge { ModelVersions = { "models/m/versions/2" } }));
    }

    [Fact]
    public async Task MergeModels_VersionOfAnotherEncoder_IsRefusedAsIncompatible()
    {
        await using TestServer server = await TestServer.FittedAsync();
        await server.StopAsync();
        await server.StartAgainAsync(new FakeEmbedder("other"));
        await server.FillCorpusAsync("more", 120);
        Fit fit = await server.FitAsync(TestServer.FitRequest("more", "other"));
        Assert.True(fit.State == Fit.Types.State.Succeeded, fit.Error?.ToString());

        DeriveVersionRequest request = new()
        {
            Selector = new ModelSelector { Model = "models/other" },
            Operation = new VersionOperation { MergeModels = new Merge { ModelVersions = { "models/m/versions/1" } } },
        };

        await Refusal.ExpectAsync(
            StatusCode.FailedPrecondition,
            ErrorReasons.IncompatibleModel,
            () => server.Models.DeriveVersionAsync(request, cancellationToken: Token).ResponseAsync);
    }

    /// <summary>Two models of two corpora that give the same ids to other texts.</summary>
    private static async Task<TestServer> TwoModelsAsync()
    {
        TestServer server = await TestServer.FittedAsync();
        await server.FillCorpusAsync("more", 120);
        Fit fit = await server.FitAsync(TestServer.FitRequest("more", "other"));
        Assert.True(fit.State == Fit.Types.State.Succeeded, fit.Error?.ToString());
        return server;
    }

    private static async Task<Fit> MergeAsync(TestServer server, Merge merge, params string[] labels)
    {
        Fit fit = await server.EndOfAsync((await StartAsync(server, merge, labels)).Fit.Name);
        Assert.True(fit.State == Fit.Types.State.Succeeded, fit.Error?.ToString());
        return fit;
    }

    private static Task<DeriveVersionResponse> StartAsync(TestServer server, Merge merge, params string[] labels) =>
        DeriveAsync(server, 1, new VersionOperation { MergeModels = merge }, labels);

    private static Task<DeriveVersionResponse> DeriveAsync(
        TestServer server,
        long version,
        VersionOperation operation,
        params string[] labels) =>
        server.Models.DeriveVersionAsync(
            new DeriveVersionRequest { Selector = Version(version), Operation = operation, AssignLabels = { labels } },
            cancellationToken: Token).ResponseAsync;

    private static async Task<string[]> FieldsAsync(TestServer server, Merge merge) =>
        [
            .. Refusal.Fields(
                await Refusal.ExpectAsync(
                    StatusCode.InvalidArgument, ErrorReasons.InvalidField, () => StartAsync(server, merge))).Distinct(),
        ];

    private static async Task<Prediction> PredictAsync(TestServer server) => (await server.Predictions.PredictAsync(
        new PredictRequest
        {
            Selector = Version(2),
            Text = "rocket orbit lunar",
            Options = new PredictOptions { IncludeProbabilities = true },
        },
        cancellationToken: Token)).Prediction;

    private static async Task<ListTopicsResponse> TopicsAsync(TestServer server, long version) =>
        await server.Topics.ListTopicsAsync(new ListTopicsRequest { Selector = Version(version) }, cancellationToken: Token);

    private static ModelSelector Version(long number) => new() { Model = "models/m", VersionNumber = number };
}
