using TopicGrpc.Client.Calls;
using TopicGrpc.Client.Selectors;
using Wire = TopicGrpc.V1;

namespace TopicGrpc.Client.Predictions;

/// <summary>Topics of new texts. Thread-safe.</summary>
public class PredictionsClient
{
    private static readonly RpcMethod PredictMethod = RpcMethod.Of(Wire.PredictionService.Descriptor, nameof(Wire.PredictionService.PredictionServiceClient.Predict));
    private static readonly RpcMethod BatchMethod = RpcMethod.Of(Wire.PredictionService.Descriptor, nameof(Wire.PredictionService.PredictionServiceClient.BatchPredict));
    private static readonly RpcMethod ExplainMethod = RpcMethod.Of(Wire.PredictionService.Descriptor, nameof(Wire.PredictionService.PredictionServiceClient.ExplainPrediction));

    private readonly ClientCore _core = null!;
    private readonly Wire.PredictionService.PredictionServiceClient _stub = null!;
    private readonly HedgedCall<Wire.PredictRequest, Wire.PredictResponse> _hedging = null!;

    /// <summary>For a fake that overrides the members.</summary>
    protected PredictionsClient()
    {
    }

    internal PredictionsClient(ClientCore core)
    {
        _core = core;
        _stub = new Wire.PredictionService.PredictionServiceClient(core.Invoker);
        _hedging = new HedgedCall<Wire.PredictRequest, Wire.PredictResponse>(_stub.PredictAsync, core.Options);
    }

    /// <summary>Predicts the topic of one text.</summary>
    /// <param name="model">Model, with a version or a label where wanted: <c>news</c>, <c>news@7</c>, <c>news@stable</c>.</param>
    /// <param name="text">1 byte to 1 MiB of UTF-8, not only white space.</param>
    /// <param name="options">What to return besides; null: nothing.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The prediction.</returns>
    /// <exception cref="Errors.ModelNotFoundException">There is no such model, version or label.</exception>
    /// <exception cref="Errors.InvalidRequestException">The text is empty or too large.</exception>
    /// <exception cref="Errors.OverloadedException">The server is busy, also after retries.</exception>
    /// <exception cref="Errors.TopicGrpcException">Any other failure.</exception>
    public virtual async Task<Prediction> PredictAsync(ModelSelector model, string text, PredictOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(text);
        Wire.PredictRequest request = new() { Selector = SelectorMapping.Map(model), Text = text, Options = PredictionMapping.Map(options), RoutingKey = options?.RoutingKey ?? "" };
        Wire.PredictResponse response = await _core.Calls.RunAsync(PredictMethod, CallClass.Read, _hedging.Send, request, cancellationToken).ConfigureAwait(false);
        return PredictionMapping.Map(response.Prediction, response.ModelVersion, response.Timing);
    }

    /// <summary>Predicts the topic of an embedding that the caller has already; the server embeds nothing.</summary>
    /// <param name="model">Model, with a version or a label where wanted.</param>
    /// <param name="embedding">Vector by the version's encoder; scaled to length 1 where it is not.</param>
    /// <param name="options">What to return besides; null: nothing.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The prediction.</returns>
    /// <exception cref="Errors.ModelNotFoundException">There is no such model, version or label.</exception>
    /// <exception cref="Errors.InvalidRequestException">The vector has another dimension than the encoder's, or a number that is not finite.</exception>
    /// <exception cref="Errors.TopicGrpcException">Any other failure.</exception>
    public virtual async Task<Prediction> PredictEmbeddingAsync(
        ModelSelector model, ReadOnlyMemory<float> embedding, PredictOptions? options = null, CancellationToken cancellationToken = default)
    {
        Wire.PredictRequest request = new() { Selector = SelectorMapping.Map(model), Options = PredictionMapping.Map(options), RoutingKey = options?.RoutingKey ?? "" };
        request.Embedding.AddRange(embedding.ToArray());
        Wire.PredictResponse response = await _core.Calls.RunAsync(PredictMethod, CallClass.Read, _hedging.Send, request, cancellationToken).ConfigureAwait(false);
        return PredictionMapping.Map(response.Prediction, response.ModelVersion, response.Timing);
    }

    /// <summary>
    /// Predicts the topics of any number of texts over one stream. A connection that breaks is taken up again behind the last
    /// answer, on the same version; texts are taken from the source only as answers are read.
    /// </summary>
    /// <param name="model">Model, with a version or a label where wanted; all texts are answered by the version found first.</param>
    /// <param name="texts">Texts; read once, in order.</param>
    /// <param name="options">What to return besides; null: nothing.</param>
    /// <param name="cancellationToken">Stops the stream.</param>
    /// <returns>One outcome per text, in their order; a text that cannot be answered fails alone.</returns>
    /// <exception cref="Errors.ModelNotFoundException">There is no such model, version or label.</exception>
    /// <exception cref="Errors.TopicGrpcException">The stream failed, also after it was taken up again.</exception>
    public virtual IAsyncEnumerable<PredictionOutcome> PredictStreamAsync(
        ModelSelector model, IAsyncEnumerable<string> texts, PredictOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(texts);
        Wire.StreamPredictRequest.Types.Open open = new()
        {
            Selector = SelectorMapping.Map(model),
            Options = PredictionMapping.Map(options),
            RoutingKey = options?.RoutingKey ?? "",
        };
        return new PredictionStream(_core, _stub, texts, open).ReadAsync(cancellationToken);
    }

    /// <summary>Predicts the topics of several texts, all of them by one version.</summary>
    /// <param name="model">Model, with a version or a label where wanted.</param>
    /// <param name="texts">Texts, as many as the server takes (256 unless it is set otherwise).</param>
    /// <param name="options">What to return besides; null: nothing.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>One outcome per text, in their order; a text that cannot be answered fails alone.</returns>
    /// <exception cref="Errors.TopicGrpcException">The call failed as a whole.</exception>
    public virtual async Task<IReadOnlyList<PredictionOutcome>> BatchPredictAsync(
        ModelSelector model, IReadOnlyList<string> texts, PredictOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(texts);
        Wire.BatchPredictRequest request = new() { Selector = SelectorMapping.Map(model), Texts = { texts }, Options = PredictionMapping.Map(options), RoutingKey = options?.RoutingKey ?? "" };
        Wire.BatchPredictResponse response =
            await _core.Calls.RunAsync(BatchMethod, CallClass.Batch, _stub.BatchPredictAsync, request, cancellationToken).ConfigureAwait(false);
        return [.. response.Results.Select(result => PredictionMapping.Map(result, response))];
    }

    /// <summary>Predicts the topic of one text and shows what speaks for a topic.</summary>
    /// <param name="model">Model, with a version or a label where wanted.</param>
    /// <param name="text">1 byte to 1 MiB of UTF-8, not only white space.</param>
    /// <param name="options">What is explained; null: the topic predicted.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The explanation.</returns>
    /// <exception cref="Errors.ModelNotFoundException">There is no such model, version or label.</exception>
    /// <exception cref="Errors.ResourceNotFoundException">There is no such topic.</exception>
    /// <exception cref="Errors.InvalidRequestException">The text is empty or too large, or an option is out of range.</exception>
    public virtual async Task<Explanation> ExplainAsync(ModelSelector model, string text, ExplainOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(text);
        Wire.ExplainPredictionRequest request = ExplanationMapping.Map(SelectorMapping.Map(model), text, options ?? new ExplainOptions());
        Wire.ExplainPredictionResponse response =
            await _core.Calls.RunAsync(ExplainMethod, CallClass.Read, _stub.ExplainPredictionAsync, request, cancellationToken).ConfigureAwait(false);
        return ExplanationMapping.Map(response);
    }
}
