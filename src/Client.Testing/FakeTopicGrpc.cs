using TopicGrpc.Client.Fits;
using TopicGrpc.Client.Models;
using TopicGrpc.Client.Predictions;
using TopicGrpc.Client.Testing.Recording;
using TopicGrpc.Client.Testing.Services;
using TopicGrpc.Client.Testing.Transport;
using TopicGrpc.Client.Topics;

namespace TopicGrpc.Client.Testing;

/// <summary>
/// A topic-model server for unit tests: in memory, without network, model or encoder. It answers as scripted, through the real client with its retries,
/// deadlines and typed exceptions. What is not scripted fails with the status <c>UNIMPLEMENTED</c> and says what to script. Thread-safe.
/// </summary>
public sealed class FakeTopicGrpc : IDisposable
{
    private static readonly Uri Address = new("http://topicgrpc.fake");
    private readonly TimeProvider _time;
    private readonly CallLog _log = new();
    private readonly FailureScript _failures = new();
    private readonly PredictionScript _predictions;
    private readonly FitScript _fits;
    private readonly FakePipeline _pipeline;
    private readonly InMemoryHandler _handler;

    /// <summary>Starts an empty fake: no models, no corpora, nothing scripted.</summary>
    /// <param name="timeProvider">Clock of the latency and of the clients that <see cref="CreateClient"/> makes; null: the system's.</param>
    public FakeTopicGrpc(TimeProvider? timeProvider = null)
    {
        _time = timeProvider ?? TimeProvider.System;
        Models = new FakeModels(_time);
        Corpora = new FakeCorpora(_time);
        _fits = new FitScript(Models, Corpora, _time);
        _predictions = new PredictionScript(Models);
        _pipeline = new FakePipeline(_log, _failures, _time);
        _handler = new InMemoryHandler(_pipeline, RouteTable.Of(_predictions, Models, Corpora, _fits));
    }

    /// <summary>Models with their versions, topics and labels.</summary>
    public FakeModels Models { get; }

    /// <summary>Corpora with the documents that came in.</summary>
    public FakeCorpora Corpora { get; }

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

    /// <summary>Answers every prediction (unary, batch and stream) with a topic of a model in <see cref="Models"/>; an unknown model fails as it does on a server.</summary>
    /// <param name="topic">
    /// Id of the topic for a model and a text, −1 for an outlier. An <see cref="Errors.TopicGrpcException"/> thrown by it is the answer to that text.
    /// </param>
    public void OnPredict(Func<ModelSelector, string, int> topic)
    {
        ArgumentNullException.ThrowIfNull(topic);
        _predictions.Answer = (model, text) => _predictions.Of(model, topic(model, text));
    }

    /// <summary>Answers every prediction (unary, batch and stream); the model need not be in <see cref="Models"/>.</summary>
    /// <param name="prediction">The prediction for a model and a text. An <see cref="Errors.TopicGrpcException"/> thrown by it is the answer to that text.</param>
    public void OnPredict(Func<ModelSelector, string, Prediction> prediction)
    {
        ArgumentNullException.ThrowIfNull(prediction);
        _predictions.Answer = prediction;
    }

    /// <summary>Lets fits succeed at once: each makes a version in <see cref="Models"/>. The corpus must be in <see cref="Corpora"/>.</summary>
    /// <param name="topics">Topics that a fit finds. An <see cref="Errors.TopicGrpcException"/> thrown by it is why the fit fails.</param>
    public void OnFit(Func<FitRequest, IEnumerable<TopicInfo>> topics)
    {
        ArgumentNullException.ThrowIfNull(topics);
        _fits.Topics = topics;
    }

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
