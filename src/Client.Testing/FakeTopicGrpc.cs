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
/// A topic-model server for unit tests: in memory, without network, model or encoder. It answers as scripted and from the models and documents given to it, through
/// the real client with its retries, deadlines and typed exceptions. What takes an engine and is not scripted fails with the status <c>UNIMPLEMENTED</c> and names
/// the member that scripts it. Thread-safe.
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
    private readonly FakeServerService _server;
    private readonly FakePipeline _pipeline;
    private readonly InMemoryHandler _handler;

    /// <summary>Starts an empty fake: no models, no corpora, nothing scripted.</summary>
    /// <param name="timeProvider">Clock of the latency and of the clients that <see cref="CreateClient"/> makes; null: the system's.</param>
    public FakeTopicGrpc(TimeProvider? timeProvider = null)
    {
        _time = timeProvider ?? TimeProvider.System;
        Models = new FakeModels(_time);
        Corpora = new FakeCorpora(_time);
        FitBook fits = new(Models, _time);
        _fits = new FitScript(fits, Corpora);
        _derivations = new DerivationScript(Models, fits);
        _imports = new ImportScript(Models);
        _predictions = new PredictionScript(Models);
        _server = new FakeServerService(_time);
        _pipeline = new FakePipeline(_log, _failures, _time);
        RouteTable routes = new();
        Wire.CorpusService.BindService(routes, new FakeCorpusService(Corpora));
        Wire.FitService.BindService(routes, new FakeFitService(_fits, fits));
        Wire.ModelService.BindService(routes, new FakeModelService(Models, _derivations, _imports, _queries));
        Wire.PredictionService.BindService(routes, new FakePredictionService(Models, _predictions));
        Wire.ServerService.BindService(routes, _server);
        Wire.TopicService.BindService(routes, new FakeTopicService(Models, _queries));
        _handler = new InMemoryHandler(_pipeline, routes);
    }

    /// <summary>Models with their versions, topics and labels.</summary>
    public FakeModels Models { get; }

    /// <summary>Corpora with the documents that came in.</summary>
    public FakeCorpora Corpora { get; }

    /// <summary>
    /// Facts that the fake tells of itself. Default: its version, the time of its start, and the limits and the encoder of a server with default settings; it
    /// enforces no limit.
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

    /// <summary>All calls so far, every attempt of a retried call as one, in the order they came in.</summary>
    public IReadOnlyList<FakeCall> Calls => _log.Calls;

    /// <summary>Time before a call is answered, by the clock given; <see cref="Timeout.InfiniteTimeSpan"/>: it never is. Default zero.</summary>
    public TimeSpan Latency
    {
        get => _pipeline.Latency;
        set => _pipeline.Latency = value;
    }

    /// <summary>Way to the fake for clients made elsewhere: set it as <see cref="TopicGrpcClientOptions.HttpHandler"/>, with any address of the scheme http.</summary>
    public HttpMessageHandler HttpHandler => _handler;

    /// <summary>Lets the next calls fail, whatever they are. Failures are used in the order they were scripted; those of a method before these.</summary>
    /// <param name="failure">How they fail.</param>
    /// <param name="times">How many, retries counted. 1 or more.</param>
    public void FailNext(FakeFailure failure, int times = 1) => _failures.Add(null, failure, times);

    /// <summary>Lets the next calls of a method fail. Failures are used in the order they were scripted.</summary>
    /// <param name="method">Name in the contract, such as <c>Predict</c>, <c>BatchPredict</c> or <c>IngestDocuments</c>.</param>
    /// <param name="failure">How they fail.</param>
    /// <param name="times">How many, retries counted. 1 or more.</param>
    /// <exception cref="ArgumentException">The contract has no such method.</exception>
    public void FailNext(string method, FakeFailure failure, int times = 1) => _failures.Add(RouteTable.Known(method), failure, times);

    /// <summary>Waits until so many calls have come in; with a clock that stands still, that is when to advance it.</summary>
    /// <param name="count">Calls since the fake started, attempts counted.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>A task that ends with the last of them.</returns>
    public Task WaitForCallsAsync(int count, CancellationToken cancellationToken = default) => _log.WaitAsync(count, cancellationToken);

    /// <summary>Makes a client of this fake. Dispose it before the fake.</summary>
    /// <param name="configure">Changes the settings, which are the defaults with the fake's clock; null: nothing.</param>
    /// <returns>The client.</returns>
    public TopicGrpcClient CreateClient(Action<TopicGrpcClientOptions>? configure = null)
    {
        TopicGrpcClientOptions options = new() { Address = Address, HttpHandler = _handler, TimeProvider = _time };
        configure?.Invoke(options);
        return new TopicGrpcClient(options);
    }

    /// <summary>Ends the calls at work.</summary>
    public void Dispose() => _handler.Dispose();
}
