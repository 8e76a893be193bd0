using Grpc.Core;
using Grpc.Net.Client;
using TopicGrpc.Client;
using TopicGrpc.Client.Configuration;
using TopicGrpc.Client.Fits;
using TopicGrpc.V1;
using Fit = TopicGrpc.V1.Fit;
using FitReport = TopicGrpc.Client.Fits.FitReport;

namespace TopicGrpc.Server.Tests.Fitting;

/// <summary>Fits with large settings: events hold the state alone, and clients with default limits read everything.</summary>
public sealed class LargeFitTests
{
    private const int Million = 1_000_000;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task WatchFit_RequestOfOneMegabyte_TransfersLessThan200Kilobytes()
    {
        await using TestServer server = await TestServer.StartAsync();
        await server.FillCorpusAsync("news", 400);
        StartFitRequest request = LargeSettings.Request(125_000);
        Assert.InRange(request.CalculateSize(), 1_000_000, 1_100_000);
        server.Embedder.Hold();
        StartFitResponse started = await server.Fits.StartFitAsync(request, cancellationToken: Token);
        CountingConnection connection = new();
        using var channel = GrpcChannel.ForAddress(
            server.Address, new GrpcChannelOptions { HttpHandler = connection.CreateHandler(), DisposeHttpClient = true });
        using AsyncServerStreamingCall<WatchFitResponse> watch =
            new FitService.FitServiceClient(channel).WatchFit(new WatchFitRequest { Name = started.Fit.Name }, cancellationToken: Token);
        server.Embedder.Release();

        List<WatchFitResponse> events = await watch.ResponseStream.ReadAllAsync(Token).ToListAsync(Token);

        Assert.Equal((Fit.Types.State.Succeeded, "models/m/versions/1"), (events[^1].Fit.State, events[^1].Fit.ModelVersion));
        Assert.All(events, static item => Assert.Null(item.Fit.Settings));
        Assert.All(events, static item => Assert.Null(item.Fit.Report));
        Assert.InRange(connection.Received, events.Sum(static item => item.CalculateSize()), 200_000);
        TestContext.Current.TestOutputHelper?.WriteLine($"{events.Count} events, {connection.Received} bytes");
    }

    [Fact]
    public async Task Contract_MillionWords_RawClientWithDefaultLimitsReadsEverything()
    {
        await using TestServer server = await TestServer.StartAsync();
        await server.FillCorpusAsync("news", 200);
        StartFitRequest request = LargeSettings.Request(Million);

        StartFitResponse started = await server.Fits.StartFitAsync(request, cancellationToken: Token);
        using AsyncServerStreamingCall<WatchFitResponse> watch = server.Fits.WatchFit(
            new WatchFitRequest { Name = started.Fit.Name }, cancellationToken: Token);
        WatchFitResponse last = await watch.ResponseStream.ReadAllAsync(Token).LastAsync(Token);
        Fit fit = await ReadFitAsync(server, started.Fit.Name);
        ModelVersion version = await ReadVersionAsync(server, last.Fit.ModelVersion);
        Fit listed = Assert.Single((await server.Fits.ListFitsAsync(new ListFitsRequest(), cancellationToken: Token)).Fits);
        ListVersionsResponse versions = await server.Models.ListVersionsAsync(
            new ListVersionsRequest { Parent = "models/m" }, cancellationToken: Token);
        ModelVersion listedVersion = Assert.Single(versions.ModelVersions);

        Assert.True(last.Fit.State == Fit.Types.State.Succeeded, last.Fit.Error?.ToString());
        Assert.Null(started.Fit.Settings);
        Assert.Equal(request.Settings, fit.Settings);
        Assert.Equal(request.Settings.Vectorizer.Vocabulary, fit.Report.Settings.Vectorizer.Vocabulary);
        Assert.Equal(fit.Report, version.Report);
        Assert.Equal(last.Fit, listed);
        Assert.Null(listedVersion.Report.Settings);
        Assert.Equal(version.Report.Quality, listedVersion.Report.Quality);
        Assert.Equal(4, version.TopicCount);
    }

    [Fact]
    public async Task Sdk_MillionWords_DefaultLimitsAreEnough()
    {
        await using TestServer server = await TestServer.StartAsync();
        await server.FillCorpusAsync("news", 200);
        using TopicGrpcClient client = new(new TopicGrpcClientOptions { Address = server.Address });
        string[] words = [.. LargeSettings.Words(Million)];
        Client.Fits.FitRequest request = new("m", "news")
        {
            Settings = new Client.Settings.FitSettings
            {
                MinTopicSize = 20,
                Vectorizer = new Client.Settings.VectorizerSettings { Vocabulary = words },
            },
        };

        FitResult result = await client.FitAsync(request, cancellationToken: Token);
        FitInfo fit = await client.Fits.GetAsync(result.Fit, Token);
        FitReport report = (await client.Models.GetVersionAsync("m", result.Version, Token)).Report!;

        Assert.Equal(words, result.Report.Settings.Vectorizer!.Vocabulary);
        Assert.Equal(words, fit.Settings!.Vectorizer!.Vocabulary);
        Assert.Equal(words, report.Settings.Vectorizer!.Vocabulary);
        Assert.Equal((200L, 4), (report.DocumentCount, report.TopicCount));
        FitInfo listed = Assert.Single(await client.Fits.ListAsync("m", Token).ToListAsync(Token));
        Assert.Equal((null, null, 1L), ((object?)listed.Settings, (object?)listed.Report, listed.Version));
    }

    [Fact]
    public async Task DeriveVersion_LargeVocabulary_IsReadInPages()
    {
        await using TestServer server = await TestServer.FittedAsync();
        VersionOperation operation = new()
        {
            UpdateTopics = new VersionOperation.Types.UpdateTopics
            {
                Vectorizer = new V1.VectorizerSettings { Vocabulary = { LargeSettings.Words(500_000) } },
            },
        };

        DeriveVersionResponse started = await server.Models.DeriveVersionAsync(
            new DeriveVersionRequest { Selector = TestServer.SelectorOf(1), Operation = operation }, cancellationToken: Token);
        WatchFitResponse last = await server.AwaitAsync(started.Fit.Name, static fit => fit.EndTime is not null);
        ModelVersion version = await ReadVersionAsync(server, last.Fit.ModelVersion);

        Assert.Null(started.Fit.Operation);
        Assert.Equal(operation, version.Operation);
        Assert.Equal(operation, (await ReadFitAsync(server, started.Fit.Name)).Operation);
    }

    [Fact]
    public async Task StartFit_TermBeyondAPage_IsRejected()
    {
        await using TestServer server = await TestServer.StartAsync();
        await server.FillCorpusAsync("news", 40);
        StartFitRequest request = LargeSettings.Request(2);
        request.Settings.Vectorizer.Vocabulary.Add(new string('a', 2049));

        RpcException error = await Refusal.ExpectAsync(
            StatusCode.InvalidArgument, "INVALID_FIELD", () => server.Fits.StartFitAsync(request, cancellationToken: Token).ResponseAsync);

        Assert.Equal(["settings.vectorizer.vocabulary[2]"], Refusal.Fields(error));
    }

    [Fact]
    public async Task GetFit_ForeignPageToken_IsRejected()
    {
        await using TestServer server = await TestServer.FittedAsync();
        Fit fit = Assert.Single((await server.Fits.ListFitsAsync(new ListFitsRequest(), cancellationToken: Token)).Fits);

        RpcException error = await Refusal.ExpectAsync(
            StatusCode.InvalidArgument,
            "INVALID_FIELD",
            () => server.Fits.GetFitAsync(
                new GetFitRequest { Name = fit.Name, PageToken = "cjktMQ==" }, cancellationToken: Token).ResponseAsync);
        RpcException version = await Refusal.ExpectAsync(
            StatusCode.InvalidArgument,
            "INVALID_FIELD",
            () => server.Models.GetVersionAsync(
                new GetVersionRequest { Name = fit.ModelVersion, PageToken = "OS0x" }, cancellationToken: Token).ResponseAsync);

        Assert.Equal(["page_token"], Refusal.Fields(error));
        Assert.Equal(["page_token"], Refusal.Fields(version));
    }

    private static async Task<Fit> ReadFitAsync(TestServer server, string name)
    {
        Fit whole = new();
        GetFitRequest request = new() { Name = name };
        do
        {
            GetFitResponse page = await server.Fits.GetFitAsync(request, cancellationToken: Token);
            whole.MergeFrom(page.Fit);
            request.PageToken = page.NextPageToken;
        }
        while (request.PageToken.Length > 0);

        return whole;
    }

    private static async Task<ModelVersion> ReadVersionAsync(TestServer server, string name)
    {
        ModelVersion whole = new();
        GetVersionRequest request = new() { Name = name };
        do
        {
            GetVersionResponse page = await server.Models.GetVersionAsync(request, cancellationToken: Token);
            whole.MergeFrom(page.ModelVersion);
            request.PageToken = page.NextPageToken;
        }
        while (request.PageToken.Length > 0);

        return whole;
    }
}
