using TopicGrpc.Client.Configuration;
using TopicGrpc.Client.Servers;
using TopicGrpc.Client.Testing.Calls;
using TopicGrpc.Client.Testing.Scripts;
using TopicGrpc.Client.Testing.Services;
using TopicGrpc.Client.Testing.State;
using TopicGrpc.Client.Testing.Transport;
using Wire = TopicGrpc.V1;

namespace TopicGrpc.Client.Testing;

/// <summary>
/// A topic-model server for unit tests, in memory, without network, model or encoder. Answers come from scripts and from the models and
/// documents that the test adds. Calls go through the real client, with its retries, deadlines and typed exceptions. A call that needs an
/// engine and has no script fails with the status <c>UNIMPLEMENTED</c>; its message names the member that scripts it. Thread-safe.
/// </summary>
public sealed partial class FakeTopicGrpc : IDisposable
{
    private static readonly Uri Address = new("http://topicgrpc.fake");
    private readonly TimeProvider _time;
    private readonly CallLog _log = new();
    private readonly FailureScript _failures = new();
    private readonly PredictionScript _predictions;
    private readonly FitScript _fits;
    private readonly DerivationScript _derivations;
    private readonly ImportScript _imports;
    private readonly QueryScript _queries = new();
    private readonly MapScript _maps = new();
    private readonly FakeServerService _server;
    private readonly FakePipeline _pipeline;
    private readonly InMemoryHandler _handler;

    /// <summary>Creates an empty fake without models, corpora and scripts.</summary>
    /// <param name="timeProvider">
    /// Clock of the latency and of the clients from <see cref="CreateClient"/>; null for the system clock.
    /// </param>
    public FakeTopicGrpc(TimeProvider? timeProvider = null)
    {
        _time = timeProvider ?? TimeProvider.System;
        Models = new FakeModels(_time);
        Corpora = new FakeCorpora(_time);
        FitBook fits = new(Models, _time);
        FakeAssignments assignments = new();
        _fits = new FitScript(fits, Corpora);
        _derivations = new DerivationScript(Models, fits);
        _imports = new ImportScript(Models);
        _predictions = new PredictionScript(Models);
        _server = new FakeServerService(_time);
        _pipeline = new FakePipeline(_log, _failures, _time);
        AssignmentScript assigning = new(fits, Models, Corpora, _predictions, assignments);
        RouteTable routes = new();
        Wire.CorpusService.BindService(routes, new FakeCorpusService(Corpora));
        Wire.FitService.BindService(routes, new FakeFitService(_fits, assigning, fits, Corpora));
        Wire.MaintenanceService.BindService(routes, new FakeMaintenanceService(_time));
        Wire.ClusterService.BindService(routes, new FakeClusterService(_time));
        Wire.KeyService.BindService(routes, new FakeKeyService(_time));
        Wire.MapService.BindService(routes, new FakeMapService(_maps));
        Wire.ModelService.BindService(routes, new FakeModelService(Models, _derivations, _imports, _queries));
        Wire.PredictionService.BindService(routes, new FakePredictionService(Models, _predictions));
        Wire.ServerService.BindService(routes, _server);
        Wire.TopicService.BindService(routes, new FakeTopicService(Models, assignments, _queries));
        _handler = new InMemoryHandler(_pipeline, routes);
    }

    /// <summary>Models with their versions, topics and labels.</summary>
    public FakeModels Models { get; }

    /// <summary>Corpora with the ingested documents.</summary>
    public FakeCorpora Corpora { get; }

    /// <summary>
    /// Server information. Default: version and start time of the fake, limits and encoder of a server with default settings. The fake does
    /// not enforce the limits.
    /// </summary>
    public ServerInfo ServerInfo
    {
        get => _server.Info;
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            _server.Info = value;
        }
    }

    /// <summary>
    /// The caller as <c>GetCaller</c> reports it. Default: the anonymous administrator of a server without authentication. The fake does
    /// not check permissions.
    /// </summary>
    public CallerInfo Caller
    {
        get => _server.Caller;
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            _server.Caller = value;
        }
    }

    /// <summary>All calls so far in the order of arrival. Every attempt of a retried call is a call of its own.</summary>
    public IReadOnlyList<FakeCall> Calls => _log.Calls;

    /// <summary>
    /// Delay before every answer, by the fake's clock. Default zero. With <see cref="Timeout.InfiniteTimeSpan"/> the fake never answers.
    /// </summary>
    public TimeSpan Latency
    {
        get => _pipeline.Latency;
        set => _pipeline.Latency = value;
    }

    /// <summary>Handler for clients created elsewhere: set <see cref="TopicGrpcClientOptions.HttpHandler"/> and any http address.</summary>
    public HttpMessageHandler HttpHandler => _handler;

    /// <summary>Makes the next calls of any method fail. Failures apply in order. Failures of a specific method take precedence.</summary>
    /// <param name="failure">The failure.</param>
    /// <param name="times">Number of calls, including retries; 1 or more.</param>
    public void FailNext(FakeFailure failure, int times = 1) => _failures.Add(null, failure, times);

    /// <summary>Makes the next calls of a method fail. Failures apply in order.</summary>
    /// <param name="method">Name in the contract, such as <c>Predict</c>, <c>BatchPredict</c> or <c>IngestDocuments</c>.</param>
    /// <param name="failure">The failure.</param>
    /// <param name="times">Number of calls, including retries; 1 or more.</param>
    /// <exception cref="ArgumentException">The contract has no such method.</exception>
    public void FailNext(string method, FakeFailure failure, int times = 1) => _failures.Add(RouteTable.Known(method), failure, times);

    /// <summary>
    /// Waits until a number of calls have arrived. With a clock that the test controls, advance the clock after the wait.
    /// </summary>
    /// <param name="count">Number of calls since the fake was created, including retries.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    /// <returns>A task that completes when the last of the calls arrives.</returns>
    public Task WaitForCallsAsync(int count, CancellationToken cancellationToken = default) => _log.WaitAsync(count, cancellationToken);

    /// <summary>Creates a client of this fake. Dispose it before the fake.</summary>
    /// <param name="configure">Changes the options. Null keeps the defaults with the fake's clock.</param>
    /// <returns>The client.</returns>
    public TopicGrpcClient CreateClient(Action<TopicGrpcClientOptions>? configure = null)
    {
        TopicGrpcClientOptions options = new() { Address = Address, HttpHandler = _handler, TimeProvider = _time };
        configure?.Invoke(options);
        return new TopicGrpcClient(options);
    }

    /// <summary>Fails all running calls.</summary>
    public void Dispose() => _handler.Dispose();
}
