using Grpc.Core;
using TopicGrpc.Client.Errors;
using TopicGrpc.Client.Mapping;
using TopicGrpc.Client.Models;
using TopicGrpc.Client.Predictions;
using TopicGrpc.Client.Testing.Mapping;
using Wire = TopicGrpc.V1;

namespace TopicGrpc.Client.Testing.Services;

/// <summary>Answers predictions by the script.</summary>
internal sealed class FakePredictionService(PredictionScript script) : Wire.PredictionService.PredictionServiceBase
{
    public override Task<Wire.PredictResponse> Predict(Wire.PredictRequest request, ServerCallContext context)
    {
        Prediction prediction = script.Required(nameof(Predict))(SelectorFromWire.Map(request.Selector), request.Text);
        return Task.FromResult(new Wire.PredictResponse
        {
            Prediction = PredictionToWire.Map(prediction, request.Options),
            ModelVersion = ResourceNames.Version(prediction.Model, prediction.Version),
            Timing = PredictionToWire.Map(prediction.Timing),
        });
    }

    public override Task<Wire.BatchPredictResponse> BatchPredict(Wire.BatchPredictRequest request, ServerCallContext context)
    {
        Func<ModelSelector, string, Prediction> answer = script.Required(nameof(BatchPredict));
        ModelSelector selector = SelectorFromWire.Map(request.Selector);
        Wire.BatchPredictResponse response = new();
        foreach (string text in request.Texts)
        {
            try
            {
                Prediction prediction = answer(selector, text);
                response.ModelVersion = ResourceNames.Version(prediction.Model, prediction.Version);
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
        IAsyncStreamReader<Wire.StreamPredictRequest> requestStream, IServerStreamWriter<Wire.StreamPredictResponse> responseStream, ServerCallContext context)
    {
        Func<ModelSelector, string, Prediction> answer = script.Required(nameof(StreamPredict));
        if (!await requestStream.MoveNext(context.CancellationToken).ConfigureAwait(false) || requestStream.Current.Open is not { } open)
        {
            throw StatusToWire.Exception(TopicGrpcStatus.InvalidArgument, "", "A stream of predictions begins with its model.");
        }

        ModelSelector selector = SelectorFromWire.Map(open.Selector);
        bool isNamed = false;
        for (long index = open.FirstIndex; await requestStream.MoveNext(context.CancellationToken).ConfigureAwait(false); index++)
        {
            Wire.StreamPredictResponse response = new() { Index = index };
            try
            {
                Prediction prediction = answer(selector, requestStream.Current.Item.Text);
                response.ModelVersion = isNamed ? "" : ResourceNames.Version(prediction.Model, prediction.Version);
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
}
