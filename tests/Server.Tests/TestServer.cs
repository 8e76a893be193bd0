using Grpc.Core;
using Grpc.Net.Client;
using TopicGrpc.Engine.Storage;
using TopicGrpc.Testing;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Tests;

/// <summary>
/// A real server on a free port with a data folder of its own and the fake encoder; it can be stopped and started again on the same data.
/// </summary>
internal sealed class TestServer : IAsyncDisposable
{
    private readonly TempFolder _folder = new();
    private readonly Dictionary<string, string?> _configuration;
    private ServerHost? _host;
    private GrpcChannel? _channel;

    private TestServer(Dictionary<string, string?> configuration) => _configuration = configuration;

    /// <summary>Clock of the server; null: the system's.</summary>
    public TimeProvider? Clock { get; private init; }

    public FakeEmbedder Embedder { get; private set; } = new();

    public string DataDirectory => Directory ?? _folder.Path;

    /// <summary>Data folder of the test; null: a folder of the server's own.</summary>
    private string? Directory { get; init; }

    /// <summary>Storage of the data folder; null: the file system.</summary>
    private IFileStorage? Files { get; init; }

    public IServiceProvider Services => _host!.Services;

    public Uri Address => _host!.Address;

    public Uri? HttpAddress => _host!.HttpAddress;

    /// <summary>The server's own objects, where a test has to see inside.</summary>
    public CorpusService.CorpusServiceClient Corpora => new(_channel);

    public FitService.FitServiceClient Fits => new(_channel);

    public ModelService.ModelServiceClient Models => new(_channel);

    public PredictionService.PredictionServiceClient Predictions => new(_channel);

    public TopicService.TopicServiceClient Topics => new(_channel);

    public ServerService.ServerServiceClient Server => new(_channel);

    public GrpcChannel Channel => _channel!;

    /// <summary>Deadline of the calls that prepare a test: the server's default deadline may be too short for a busy machine.</summary>
    public static DateTime Patience => TimeProvider.System.GetUtcNow().UtcDateTime.AddMinutes(2);

    public static Task<TestServer> StartAsync(params (string Key, string? Value)[] configuration) => StartAsync(clock: null, configuration);

    /// <summary>A server whose data folder, except for the database, is in a storage of the test.</summary>
    public static async Task<TestServer> StartOnAsync(IFileStorage files, params (string Key, string? Value)[] configuration)
    {
        TestServer server = new(configuration.ToDictionary(static pair => pair.Key, static pair => pair.Value)) { Files = files };
        await server.StartAgainAsync();
        return server;
    }

    /// <summary>A server under a clock that the test moves; null: the system's.</summary>
    public static async Task<TestServer> StartAsync(TimeProvider? clock, params (string Key, string? Value)[] configuration)
    {
        TestServer server = new(configuration.ToDictionary(static pair => pair.Key, static pair => pair.Value)) { Clock = clock };
        await server.StartAgainAsync();
        return server;
    }

    /// <summary>
    /// A server with 200 themed texts in corpus <c>news</c> and a version of model <c>m</c> fitted from them, labelled <c>stable</c>.
    /// </summary>
    public static Task<TestServer> FittedAsync(params (string Key, string? Value)[] configuration) =>
        FittedAsync(clock: null, configuration);

    /// <summary>A server on a data folder of the test.</summary>
    public static async Task<TestServer> StartOnAsync(string directory)
    {
        TestServer server = new([]) { Directory = directory };
        await server.StartAgainAsync();
        return server;
    }

    /// <summary>The same as <see cref="FittedAsync(ValueTuple{string, string}[])"/> in a data folder of the test.</summary>
    public static async Task<TestServer> FittedOnAsync(string directory, params (string Key, string? Value)[] configuration)
    {
        TestServer server = new(configuration.ToDictionary(static pair => pair.Key, static pair => pair.Value)) { Directory = directory };
        await server.StartAgainAsync();
        return await server.FitFirstAsync();
    }

    /// <summary>The same under a clock that the test moves.</summary>
    public static async Task<TestServer> FittedAsync(TimeProvider? clock, params (string Key, string? Value)[] configuration)
    {
        TestServer server = await StartAsync(clock, configuration);
        return await server.FitFirstAsync();
    }

    /// <summary>Fills corpus <c>news</c> and fits version 1 of model <c>m</c>.</summary>
    public async Task<TestServer> FitFirstAsync()
    {
        await FillCorpusAsync("news", 200);
        Fit fit = await FitAsync(FitRequest("news", "m", "stable"));
        Assert.True(fit.State == Fit.Types.State.Succeeded, fit.Error?.ToString());
        return this;
    }

    /// <summary>Waits for the first event of a fit that meets a condition.</summary>
    public async Task<WatchFitResponse> AwaitAsync(string fit, Func<Fit, bool> condition)
    {
        using AsyncServerStreamingCall<WatchFitResponse> watch = Fits.WatchFit(
            new WatchFitRequest { Name = fit }, cancellationToken: TestContext.Current.CancellationToken);
        do
        {
            Assert.True(await watch.ResponseStream.MoveNext(TestContext.Current.CancellationToken));
        }
        while (!condition(watch.ResponseStream.Current.Fit));

        return watch.ResponseStream.Current;
    }

    /// <summary>Starts on the data that are there; with another encoder where one is given.</summary>
    public async Task StartAgainAsync(FakeEmbedder? embedder = null)
    {
        Embedder = embedder ?? Embedder;
        _host = await ServerHost.StartAsync(
            new ServerSettings
            {
                DataDirectory = DataDirectory,
                Embedder = Embedder,
                Clock = Clock,
                Configuration = _configuration,
                Files = Files,
            },
            TestContext.Current.CancellationToken);
        _channel = GrpcChannel.ForAddress(_host.Address);
    }

    /// <summary>Stops the server while the client's connection stays.</summary>
    public Task StopHostAsync() => _host!.StopAsync(TestContext.Current.CancellationToken);

    public async Task StopAsync()
    {
        _channel?.Dispose();
        if (_host is not null)
        {
            await _host.DisposeAsync();
        }

        _host = null;
    }

    public async Task CreateCorpusAsync(string id) =>
        await Corpora.CreateCorpusAsync(
            new CreateCorpusRequest { CorpusId = id }, deadline: Patience, cancellationToken: TestContext.Current.CancellationToken);

    /// <summary>Makes a corpus of themed texts.</summary>
    public async Task FillCorpusAsync(string id, int count, int firstText = 0)
    {
        await CreateCorpusAsync(id);
        await using IngestCall call = await IngestCall.OpenAsync(this, id, "fill");
        await call.SendAsync(0, [.. Enumerable.Range(0, count).Select(index => ($"d{index:00000}", ThemedTexts.Text(firstText + index)))]);
        await call.ReadAckAsync();
        await call.CloseAsync();
    }

    /// <summary>Starts a fit and waits for its end.</summary>
    public async Task<Fit> FitAsync(StartFitRequest request)
    {
        StartFitResponse started = await Fits.StartFitAsync(
            request, deadline: Patience, cancellationToken: TestContext.Current.CancellationToken);
        return await EndOfAsync(started.Fit.Name);
    }

    /// <summary>Derives a version and waits for the end.</summary>
    public async Task<Fit> DeriveAsync(long parent, VersionOperation operation, string requestId = "")
    {
        DeriveVersionRequest request = new() { Selector = SelectorOf(parent), Operation = operation, RequestId = requestId };
        DeriveVersionResponse started = await Models.DeriveVersionAsync(request, cancellationToken: TestContext.Current.CancellationToken);
        return await EndOfAsync(started.Fit.Name);
    }

    /// <summary>Topics of a version of model <c>m</c>.</summary>
    public async Task<ListTopicsResponse> TopicsAsync(long version) =>
        await Topics.ListTopicsAsync(
            new ListTopicsRequest { Selector = SelectorOf(version) }, cancellationToken: TestContext.Current.CancellationToken);

    /// <summary>A version of model <c>m</c>.</summary>
    public static ModelSelector SelectorOf(long number) => new() { Model = "models/m", VersionNumber = number };

    public async Task<Fit> EndOfAsync(string fit)
    {
        using AsyncServerStreamingCall<WatchFitResponse> watch = Fits.WatchFit(
            new WatchFitRequest { Name = fit }, cancellationToken: TestContext.Current.CancellationToken);
        while (await watch.ResponseStream.MoveNext(TestContext.Current.CancellationToken))
        {
            // Events carry the state alone; the whole fit is read when it has ended.
        }

        GetFitResponse ended = await Fits.GetFitAsync(
            new GetFitRequest { Name = fit }, deadline: Patience, cancellationToken: TestContext.Current.CancellationToken);
        return ended.Fit;
    }

    /// <summary>Settings that find one topic per theme in some hundred texts.</summary>
    public static FitSettings Settings() => new() { MinTopicSize = 20 };

    public static StartFitRequest FitRequest(string corpus, string model, params string[] labels) => new()
    {
        Corpus = "corpora/" + corpus,
        Model = "models/" + model,
        Settings = Settings(),
        AssignLabels = { labels },
    };

    public async ValueTask DisposeAsync()
    {
        Embedder.Release();
        await StopAsync();
        Embedder.Dispose();
        _folder.Dispose();
    }
}
