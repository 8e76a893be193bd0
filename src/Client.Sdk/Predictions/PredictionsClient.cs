using TopicGrpc.Client.Calls;
using TopicGrpc.Client.Selectors;
using Wire = TopicGrpc.V1;

namespace TopicGrpc.Client.Predictions;

/// <summary>Predictions of topics for texts. Thread-safe.</summary>
public class PredictionsClient
{
    private static readonly RpcMethod PredictMethod = RpcMethod.Of(
        Wire.PredictionService.Descriptor, nameof(Wire.PredictionService.PredictionServiceClient.Predict));
    private static readonly RpcMethod BatchMethod = RpcMethod.Of(
        Wire.PredictionService.Descriptor, nameof(Wire.PredictionService.PredictionServiceClient.BatchPredict));
    private static readonly RpcMethod ExplainMethod = RpcMethod.Of(
        Wire.PredictionService.Descriptor, nameof(Wire.PredictionService.PredictionServiceClient.ExplainPrediction));

    private readonly ClientCore _core = null!;
    private readonly Wire.PredictionService.PredictionServiceClient _stub = null!;
    private readonly HedgedCall<Wire.PredictRequest, Wire.PredictResponse> _hedging = null!;

    /// <summary>Creates a fake that overrides the members.</summary>
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
    /// <param name="model">Model, optionally with a version or a label: <c>news</c>, <c>news@7</c>, <c>news@stable</c>.</param>
    /// <param name="text">Text of 1 byte to 1 MiB of UTF-8, not only white space.</param>
    /// <param name="options">Optional extras to return; null for none.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The prediction.</returns>
    /// <exception cref="Errors.ModelNotFoundException">The model, version or label does not exist.</exception>
    /// <exception cref="Errors.InvalidRequestException">The text is empty or too large.</exception>
    /// <exception cref="Errors.OverloadedException">The server is overloaded, also after retries.</exception>
    /// <exception cref="Errors.TopicGrpcException">Any other failure.</exception>
    public virtual async Task<Prediction> PredictAsync(
        ModelSelector model, string text, PredictOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(text);
        Wire.PredictRequest request = new()
        {
            Selector = SelectorMapping.Map(model),
            Text = text,
            Options = PredictionMapping.Map(options),
            RoutingKey = options?.RoutingKey ?? "",
        };
        Wire.PredictResponse response =
            await _core.Calls.RunAsync(PredictMethod, CallClass.Read, _hedging.Send, request, cancellationToken).ConfigureAwait(false);
        return PredictionMapping.Map(response.Prediction, response.ModelVersion, response.Timing);
    }

    /// <summary>Predicts the topic of an embedding; the server does not run the encoder.</summary>
    /// <param name="model">Model, optionally <c>model@version</c> or <c>model@label</c>.</param>
    /// <param name="embedding">Embedding from the version's encoder; normalized to unit length by the server.</param>
    /// <param name="options">Optional extras to return; null for none.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The prediction.</returns>
    /// <exception cref="Errors.ModelNotFoundException">The model, version or label does not exist.</exception>
    /// <exception cref="Errors.InvalidRequestException">The dimension differs from the encoder's, or a value is not finite.</exception>
    /// <exception cref="Errors.TopicGrpcException">Any other failure.</exception>
    public virtual async Task<Prediction> PredictEmbeddingAsync(
        ModelSelector model, ReadOnlyMemory<float> embedding, PredictOptions? options = null, CancellationToken cancellationToken = default)
    {
        Wire.PredictRequest request = new()
        {
            Selector = SelectorMapping.Map(model),
            Options = PredictionMapping.Map(options),
            RoutingKey = options?.RoutingKey ?? "",
        };
        request.Embedding.AddRange(embedding.ToArray());
        Wire.PredictResponse response =
            await _core.Calls.RunAsync(PredictMethod, CallClass.Read, _hedging.Send, request, cancellationToken).ConfigureAwait(false);
        return PredictionMapping.Map(response.Prediction, response.ModelVersion, response.Timing);
    }

    /// <summary>
    /// Predicts the topics of any number of texts over one stream. After a broken connection, the stream resumes after the last
    /// answer, on the same version. Texts are read from the source only as answers are consumed.
    /// </summary>
    /// <param name="model">
    /// Model, optionally <c>model@version</c> or <c>model@label</c>. The version that gives the first answer gives all.
    /// </param>
    /// <param name="texts">Texts; read once, in order.</param>
    /// <param name="options">Optional extras to return; null for none.</param>
    /// <param name="cancellationToken">Stops the stream.</param>
    /// <returns>One outcome per text, in order; a failed text does not affect the others.</returns>
    /// <exception cref="Errors.ModelNotFoundException">The model, version or label does not exist.</exception>
    /// <exception cref="Errors.TopicGrpcException">The stream failed and could not resume.</exception>
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

    /// <summary>Predicts the topics of several texts by one version.</summary>
    /// <param name="model">Model, optionally <c>model@version</c> or <c>model@label</c>.</param>
    /// <param name="texts">Texts, at most the batch limit of the server (default 256).</param>
    /// <param name="options">Optional extras to return; null for none.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>One outcome per text, in order; a failed text does not affect the others.</returns>
    /// <exception cref="Errors.TopicGrpcException">The call failed as a whole.</exception>
    public virtual async Task<IReadOnlyList<PredictionOutcome>> BatchPredictAsync(
        ModelSelector model, IReadOnlyList<string> texts, PredictOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(texts);
        Wire.BatchPredictRequest request = new()
        {
            Selector = SelectorMapping.Map(model),
            Texts = { texts },
            Options = PredictionMapping.Map(options),
            RoutingKey = options?.RoutingKey ?? "",
        };
        Wire.BatchPredictResponse response =
            await _core.Calls.RunAsync(
                BatchMethod, CallClass.Batch, _stub.BatchPredictAsync, request, cancellationToken).ConfigureAwait(false);
        return [.. response.Results.Select(result => PredictionMapping.Map(result, response))];
    }

    /// <summary>Predicts the topic of one text and explains a topic.</summary>
    /// <param name="model">Model, optionally <c>model@version</c> or <c>model@label</c>.</param>
    /// <param name="text">Text of 1 byte to 1 MiB of UTF-8, not only white space.</param>
    /// <param name="options">Options; null: explain the predicted topic.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The explanation.</returns>
    /// <exception cref="Errors.ModelNotFoundException">The model, version or label does not exist.</exception>
    /// <exception cref="Errors.ResourceNotFoundException">The topic does not exist.</exception>
    /// <exception cref="Errors.InvalidRequestException">The text is empty or too large, or an option is out of range.</exception>
    public virtual async Task<Explanation> ExplainAsync(
        ModelSelector model, string text, ExplainOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(text);
        Wire.ExplainPredictionRequest request = ExplanationMapping.Map(SelectorMapping.Map(model), text, options ?? new ExplainOptions());
        Wire.ExplainPredictionResponse response =
            await _core.Calls.RunAsync(
                ExplainMethod, CallClass.Read, _stub.ExplainPredictionAsync, request, cancellationToken).ConfigureAwait(false);
        return ExplanationMapping.Map(response);
    }
}
