using Google.Rpc;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using TopicGrpc.Server.Errors;
using TopicGrpc.Server.Fitting;
using TopicGrpc.Server.Models;
using TopicGrpc.Server.Storage;
using TopicGrpc.Server.Tests.Storage;
using TopicGrpc.Server.Tests.Transfers;
using TopicGrpc.Shared;
using TopicGrpc.Testing;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Tests.Faults;

/// <summary>
/// F19: what clients store is limited in number and in bytes. Each rejection names the option, the limit and the remedy; of many callers at
/// the last place one succeeds.
/// </summary>
public sealed class StoredLimitTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task CreateCorpus_ManyCallersAtTheLastPlaces_AsManySucceedAsTheLimitAllows()
    {
        await using TestServer server = await TestServer.StartAsync(("Ingest:MaxCorpora", "3"));

        bool[] created = await Task.WhenAll(
            Enumerable.Range(0, 12).Select(index => TryAsync(() => server.CreateCorpusAsync(FormattableString.Invariant($"c{index}")))));
        RpcException rejected = await RejectedAsync("Ingest:MaxCorpora", 3, () => server.CreateCorpusAsync("more"));
        ListCorporaResponse stored = await server.Corpora.ListCorporaAsync(new ListCorporaRequest(), cancellationToken: Token);
        await server.Corpora.DeleteCorpusAsync(new DeleteCorpusRequest { Name = stored.Corpora[0].Name }, cancellationToken: Token);
        await server.CreateCorpusAsync("more");

        Assert.Equal(3, created.Count(static success => success));
        Assert.Equal(3, stored.Corpora.Count);
        Assert.Equal(3, Directory.GetDirectories(Path.Combine(server.DataDirectory, "corpora")).Length);
        Assert.Contains("Delete corpora", rejected.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task IngestDocuments_ManyNewSessionsAtTheLastPlaces_AsManyOpenAsTheLimitAllows()
    {
        await using TestServer server = await TestServer.StartAsync(("Ingest:MaxSessions", "2"));
        await server.CreateCorpusAsync("c");

        bool[] stored = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(index => TryAsync(() => IngestAsync(server, FormattableString.Invariant($"s{index}")))));
        await server.StopAsync();
        await server.StartAgainAsync();
        RpcException rejected = await RejectedAsync("Ingest:MaxSessions", 2, () => IngestAsync(server, "more"));
        string known = FormattableString.Invariant($"s{Array.IndexOf(stored, true)}");
        await using IngestCall call = await IngestCall.OpenAsync(server, "c", known);

        Assert.Equal(2, stored.Count(static success => success));
        Assert.Equal(1, call.Opened.Session.NextOffset);
        Assert.Contains("'corpora/c'", rejected.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task IngestDocuments_SessionsThatStoreNothing_TakeNoPlace()
    {
        await using TestServer server = await TestServer.StartAsync(("Ingest:MaxSessions", "1"));
        await server.CreateCorpusAsync("c");

        for (int index = 0; index < 5; index++)
        {
            await WhenFreeAsync(() => OpenAndCloseAsync(server, FormattableString.Invariant($"empty{index}")));
        }

        await WhenFreeAsync(() => IngestAsync(server, "stored"));
        await RejectedAsync("Ingest:MaxSessions", 1, () => IngestAsync(server, "more"));
    }

    [Fact]
    public async Task StartFit_LimitOfModelsAndVersions_IsRejectedBeforeTheFitAndARepeatedRequestIsAnswered()
    {
        await using TestServer server = await TestServer.StartAsync(("Models:MaxModels", "1"), ("Models:MaxVersions", "1"));
        await server.FillCorpusAsync("news", 200);
        StartFitRequest request = TestServer.FitRequest("news", "m", "stable");
        request.RequestId = "first";
        Fit first = await server.FitAsync(request);

        await RejectedAsync("Models:MaxVersions", 1, () => StartAsync(server, TestServer.FitRequest("news", "m")));
        await RejectedAsync("Models:MaxModels", 1, () => StartAsync(server, TestServer.FitRequest("news", "other")));
        StartFitResponse repeated = await server.Fits.StartFitAsync(request, cancellationToken: Token);

        Assert.Equal(Fit.Types.State.Succeeded, first.State);
        Assert.Equal(first.Name, repeated.Fit.Name);
        Assert.Single((await server.Fits.ListFitsAsync(new ListFitsRequest(), cancellationToken: Token)).Fits);
    }

    [Fact]
    public async Task DeriveVersionAndImportModel_LimitOfVersions_AreRejectedBeforeTheWork()
    {
        await using TestServer server = await TestServer.FittedAsync(("Models:MaxVersions", "1"));
        using TempFolder folder = new();
        await ModelFolder.ExportAsync(server.Models, "m", 1, folder.Path);
        DeriveVersionRequest derive = new()
        {
            Selector = TestServer.SelectorOf(1),
            Operation = new VersionOperation { DeleteTopics = new() { TopicIds = { 0 } } },
        };

        await RejectedAsync("Models:MaxVersions", 1, async () => await server.Models.DeriveVersionAsync(derive, cancellationToken: Token));
        await RejectedAsync(
            "Models:MaxVersions",
            1,
            () => ModelFolder.SendAsync(server.Models, new ImportModelRequest { Header = ModelFolder.Describe(folder.Path, "m") }, []));
    }

    [Fact]
    public async Task Fit_KeepVersionsDeletesTheOldest_NeverReachesTheLimit()
    {
        await using TestServer server = await TestServer.FittedAsync(("Models:MaxVersions", "1"), ("Models:KeepVersions", "1"));

        Fit second = await server.FitAsync(TestServer.FitRequest("news", "m", "stable"));

        Assert.True(second.State == Fit.Types.State.Succeeded, second.Error?.ToString());
    }

    [Fact]
    public async Task PublishAsync_ManyAtTheLastPlaces_AsManySucceedAsTheLimitAllowsAndNoFilesAreLeft()
    {
        await using TestServer server = await TestServer.FittedAsync(("Models:MaxVersions", "3"));
        ModelRegistry models = server.Services.GetRequiredService<ModelRegistry>();
        using VersionLease lease = await models.AcquireAsync(new VersionSelector("m", 1, Label: null), Token);

        bool[] published = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => TryAsync(() => models.PublishAsync(
            "m", lease.Handle.Content, new ModelVersion { EncoderSha256 = server.Embedder.Info.Sha256 }, [], Token))));

        Assert.Equal(2, published.Count(static success => success));
        Assert.Equal(3, models.Current.Model("m").Versions.Count);
        Assert.Equal(3, Directory.GetDirectories(Path.Combine(server.DataDirectory, "models", "m", "versions")).Length);
    }

    [Fact]
    public async Task SetLabel_ManyNewLabelsAtTheLastPlaces_AsManySucceedAsTheLimitAllowsAndLabelsStillMove()
    {
        await using TestServer server = await TestServer.FittedAsync(("Models:MaxLabels", "3"));

        bool[] set = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(index => TryAsync(() => LabelAsync(server, FormattableString.Invariant($"l{index}")))));
        await RejectedAsync("Models:MaxLabels", 3, () => LabelAsync(server, "more"));
        await RejectedAsync("Models:MaxLabels", 3, () => StartAsync(server, TestServer.FitRequest("news", "m", "stable", "more")));
        await LabelAsync(server, "stable");

        Assert.Equal(2, set.Count(static success => success));
        Assert.Equal(3, (await server.Models.GetModelAsync(new GetModelRequest { Name = "models/m" }, cancellationToken: Token))
            .Model.VersionLabels.Count);
    }

    [Fact]
    public async Task StartFit_MoreThanMaxStored_TheOldestEndedFitsAreDeletedWithTheirContent()
    {
        await using TestServer server = await TestServer.FittedAsync(("Fits:MaxStored", "2"));
        Fit second = await server.FitAsync(TestServer.FitRequest("news", "m"));
        Fit third = await server.FitAsync(TestServer.FitRequest("news", "m"));

        ListFitsResponse stored = await server.Fits.ListFitsAsync(new ListFitsRequest(), cancellationToken: Token);
        GetVersionResponse first = await server.Models.GetVersionAsync(
            new GetVersionRequest { Name = "models/m/versions/1" }, cancellationToken: Token);

        Assert.Equal([third.Name, second.Name], stored.Fits.Select(static fit => fit.Name));
        Assert.NotNull(first.ModelVersion.Report);
        await Refusal.ExpectAsync(StatusCode.NotFound, ErrorReasons.FitNotFound, async () =>
            await server.Fits.GetFitAsync(new GetFitRequest { Name = first.ModelVersion.Fit }, cancellationToken: Token));
    }

    [Fact]
    public async Task DeriveVersion_FitNoLongerStored_WorksWithoutDocumentsAndSaysWhatIsMissing()
    {
        await using TestServer server = await TestServer.FittedAsync(("Fits:MaxStored", "1"));
        await server.FitAsync(TestServer.FitRequest("news", "m"));

        Fit renamed = await server.DeriveAsync(
            1, new VersionOperation { SetTopicLabels = new VersionOperation.Types.SetTopicLabels { Labels = { [0] = "space" } } });
        RpcException missing = await Refusal.ExpectAsync(
            StatusCode.FailedPrecondition,
            ErrorReasons.NotAvailable,
            async () => await server.Topics.ListTopicsOverTimeAsync(
                new ListTopicsOverTimeRequest { Selector = TestServer.SelectorOf(1) }, cancellationToken: Token));

        Assert.True(renamed.State == Fit.Types.State.Succeeded, renamed.Error?.ToString());
        Assert.Contains("Fits:MaxStored", missing.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Add_UnfinishedFitsBeyondMaxStored_AreNeverDeleted()
    {
        using var data = TestDatabase.Create();
        FitTable table = new(data.Database);
        FitStatus[] statuses = [FitStatus.Running, FitStatus.Failed, FitStatus.Queued, FitStatus.Succeeded, FitStatus.Cancelling];
        foreach (FitStatus status in statuses)
        {
            FitState state = Add(table, maxStored: 0, status.ToString());
            table.Update(state with { Status = status }, 1, 0);
        }

        Add(table, maxStored: 1, "new");

        Assert.Equal(
            ["new", "Cancelling", "Queued", "Running"],
            table.List(long.MaxValue, 100, string.Empty).Select(static row => row.State.Id));
        Assert.Equal(4, data.Scalar("SELECT count(*) FROM fit_requests"));
    }

    [Fact]
    public async Task Ingest_DataFolderReachesMaxBytes_IsRejectedUntilSomethingIsDeletedAndPredictionsContinue()
    {
        await using TestServer server = await TestServer.FittedAsync(("Storage:MaxBytes", "8000000"));
        await server.CreateCorpusAsync("c");

        RpcException rejected = await RejectedAsync("Storage:MaxBytes", 8_000_000, () => FillAsync(server, "c"));
        PredictResponse answer = await server.Predictions.PredictAsync(
            new PredictRequest { Selector = new ModelSelector { Model = "models/m" }, Text = ThemedTexts.Text(3) },
            cancellationToken: Token);
        await server.Corpora.DeleteCorpusAsync(new DeleteCorpusRequest { Name = "corpora/c" }, cancellationToken: Token);
        server.Services.GetRequiredService<DiskSpace>().Measure();
        await server.CreateCorpusAsync("c");
        await IngestAsync(server, "again");

        Assert.Equal("models/m/versions/1", answer.ModelVersion);
        Assert.Contains("8000000 bytes in the data folder", rejected.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Require_ManyCallersAtTheLastBytes_NeverExceedTheLimit()
    {
        await using TestServer server = await TestServer.StartAsync(("Storage:MaxBytes", "100000000"));
        DiskSpace space = server.Services.GetRequiredService<DiskSpace>();

        bool[] taken = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => TryAsync(() => Task.Run(() => space.Require(9_000_000)))));

        Assert.InRange(taken.Count(static success => success), 10, 11);
    }

    private static FitState Add(FitTable table, int maxStored, string id)
    {
        FitState state = new() { Id = id, ModelId = "m", Created = DateTimeOffset.UnixEpoch };
        FitRequest request = new() { ModelId = "m", AssignLabels = [], RequestId = string.Empty, Sha256 = [] };
        table.Add(state, request, 0, maxStored);
        return state;
    }

    private static async Task StartAsync(TestServer server, StartFitRequest request) =>
        await server.Fits.StartFitAsync(request, cancellationToken: Token);

    private static async Task LabelAsync(TestServer server, string label) => await server.Models.SetLabelAsync(
        new SetLabelRequest { Model = "models/m", Label = label, VersionNumber = 1 }, cancellationToken: Token);

    private static async Task IngestAsync(TestServer server, string session)
    {
        await using IngestCall call = await IngestCall.OpenAsync(server, "c", session);
        await call.SendAsync(0, (session, "a text of the session " + session));
        await call.ReadAckAsync();
        await call.CloseAsync();
    }

    private static async Task FillAsync(TestServer server, string corpus)
    {
        await using IngestCall call = await IngestCall.OpenAsync(server, corpus, "fill");
        for (int offset = 0; offset < 100; offset++)
        {
            await call.SendAsync(offset, (FormattableString.Invariant($"d{offset}"), new string('x', 900_000)));
            await call.ReadAckAsync();
        }
    }

    private static async Task OpenAndCloseAsync(TestServer server, string session)
    {
        await using IngestCall call = await IngestCall.OpenAsync(server, "c", session);
        await call.CloseAsync();
    }

    /// <summary>Repeats an action until it is not rejected: the server leaves a stream shortly after its last message.</summary>
    private static async Task WhenFreeAsync(Func<Task> action)
    {
        while (!await TryAsync(action))
        {
            Token.ThrowIfCancellationRequested();
        }
    }

    private static async Task<bool> TryAsync(Func<Task> action)
    {
        try
        {
            await action();
            return true;
        }
        catch (RpcException rejected)
        {
            Assert.Equal(ErrorReasons.LimitReached, rejected.GetRpcStatus()?.GetDetail<ErrorInfo>()?.Reason);
            return false;
        }
        catch (ServiceException rejected)
        {
            Assert.Equal(ErrorReasons.LimitReached, rejected.Reason);
            return false;
        }
    }

    private static async Task<RpcException> RejectedAsync(string option, long limit, Func<Task> action)
    {
        RpcException rejected = await Refusal.ExpectAsync(StatusCode.ResourceExhausted, ErrorReasons.LimitReached, action);
        ErrorInfo info = rejected.GetRpcStatus()!.GetDetail<ErrorInfo>();
        Assert.Equal(option, info.Metadata["option"]);
        Assert.Equal(FormattableString.Invariant($"{limit}"), info.Metadata["limit"]);
        Assert.Contains(option, rejected.Status.Detail, StringComparison.Ordinal);
        Assert.Null(rejected.GetRpcStatus()!.GetDetail<RetryInfo>());
        return rejected;
    }
}
