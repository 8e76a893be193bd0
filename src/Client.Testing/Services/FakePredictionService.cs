using Grpc.Core;
using TopicGrpc.Client.Calls;
using TopicGrpc.Client.Errors;
using TopicGrpc.Client.Predictions;
using TopicGrpc.Client.Selectors;
using TopicGrpc.Client.Testing.Calls;
using TopicGrpc.Client.Testing.Mapping;
using TopicGrpc.Client.Testing.Scripts;
using TopicGrpc.Client.Testing.State;
using TopicGrpc.Shared;
using Wire = TopicGrpc.V1;

namespace TopicGrpc.Client.Testing.Services;

/// <summary>Answers predictions with the scripts.</summary>
internal sealed class FakePredictionService(FakeModels models, PredictionScript script) : Wire.PredictionService.PredictionServiceBase
{
    public override Task<Wire.PredictResponse> Predict(Wire.PredictRequest request, ServerCallContext context)
    {
        ModelSelector selector = Route(request.Selector, request.RoutingKey, request.Text, request.Embedding);
        Prediction prediction = script.Answer(nameof(Predict), selector, request.Text, request.Embedding);
        return Task.FromResult(new Wire.PredictResponse
        {
            Prediction = PredictionToWire.Map(prediction, request.Options),
            ModelVersion = WireNames.Version(prediction.Model, prediction.Version),
            Timing = PredictionToWire.Map(prediction.Timing),
        });
    }

    public override Task<Wire.BatchPredictResponse> BatchPredict(Wire.BatchPredictRequest request, ServerCallContext context)
    {
        ModelSelector selector = Route(request.Selector, request.RoutingKey, string.Concat(request.Texts), []);
        Wire.BatchPredictResponse response = new();
        foreach (string text in request.Texts)
        {
            try
            {
                Prediction prediction = script.Answer(nameof(BatchPredict), selector, text);
                response.ModelVersion = WireNames.Version(prediction.Model, prediction.Version);
                response.Results.Add(new Wire.BatchPredictResult { Prediction = PredictionToWire.Map(prediction, request.Options) });
            }
            catch (TopicGrpcException failure) when (failure is not ModelNotFoundException)
            {
                response.Results.Add(new Wire.BatchPredictResult { Error = StatusToWire.Map(failure) });
            }
        }

        return Task.FromResult(response);
    }

    public override async Task StreamPredict(
        IAsyncStreamReader<Wire.StreamPredictRequest> requestStream,
        IServerStreamWriter<Wire.StreamPredictResponse> responseStream,
        ServerCallContext context)
    {
        if (!await requestStream.MoveNext(context.CancellationToken).ConfigureAwait(false) || requestStream.Current.Open is not { } open)
        {
            throw StatusToWire.Exception(
                TopicGrpcStatus.InvalidArgument, "", "The first message of a prediction stream must name the model.");
        }

        ModelSelector? selector = null;
        bool isNamed = false;
        for (long index = open.FirstIndex; await requestStream.MoveNext(context.CancellationToken).ConfigureAwait(false); index++)
        {
            Wire.StreamPredictRequest.Types.Item item = requestStream.Current.Item;
            Wire.StreamPredictResponse response = new() { Index = index };

            // One version answers the whole stream. Without a routing key, the first item decides which one.
            selector ??= Route(open.Selector, open.RoutingKey, item.Text, item.Embedding);
            try
            {
                Prediction prediction = script.Answer(nameof(StreamPredict), selector, item.Text, item.Embedding);
                response.ModelVersion = isNamed ? "" : WireNames.Version(prediction.Model, prediction.Version);
                isNamed = true;
                response.Prediction = PredictionToWire.Map(prediction, open.Options);
            }
            catch (TopicGrpcException failure) when (failure is not ModelNotFoundException)
            {
                response.Error = StatusToWire.Map(failure);
            }

            await responseStream.WriteAsync(response, context.CancellationToken).ConfigureAwait(false);
        }
    }

    public override Task<Wire.ExplainPredictionResponse> ExplainPrediction(Wire.ExplainPredictionRequest request, ServerCallContext context)
    {
        ModelSelector selector = Route(request.Selector, request.RoutingKey, request.Text, []);
        return Task.FromResult(ExplanationToWire.Map(script.Explain(selector, request.Text, ExplanationToWire.Options(request))));
    }

    private ModelSelector Route(Wire.ModelSelector wire, string routingKey, string text, IReadOnlyList<float> embedding)
    {
        ModelSelector selector = SelectorFromWire.Map(wire);
        return models.Route(selector, () => RoutingDraw.Of(
            RoutingDraw.Split, selector.Model, [routingKey.Length > 0 ? routingKey : text], routingKey.Length > 0 ? [] : embedding));
    }
}
