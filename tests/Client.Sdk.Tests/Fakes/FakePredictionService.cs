using System.Collections.Concurrent;
using System.Globalization;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Microsoft.AspNetCore.Http.Features;
using TopicGrpc.V1;

namespace TopicGrpc.Client.Sdk.Tests.Fakes;

/// <summary>Answers every text with topic 3; fails as scripted first.</summary>
internal sealed class FakePredictionService : PredictionService.PredictionServiceBase
{
    /// <summary>Failures of the next calls.</summary>
    public ConcurrentQueue<RpcException> Failures { get; } = new();

    /// <summary>Requests that came in.</summary>
    public ConcurrentQueue<PredictRequest> Requests { get; } = new();

    /// <summary>Holds the first call until its caller gives up.</summary>
    public bool HangsFirst { get; init; }

    /// <summary>Completes when a call hangs.</summary>
    public TaskCompletionSource Hanging { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Generation of the answers; 0: none.</summary>
    public long Generation { get; init; }

    /// <summary>Generations that calls had seen, in the order of the calls; null: none.</summary>
    public ConcurrentQueue<string?> SeenGenerations { get; } = new();

    /// <summary>Number of first calls whose stream is reset, as by a server that ends.</summary>
    public int Resets { get; init; }

    private int _calls;
    private int _resets;

    public override async Task<PredictResponse> Predict(PredictRequest request, ServerCallContext context)
    {
        Requests.Enqueue(request);
        SeenGenerations.Enqueue(context.RequestHeaders.GetValue("topicgrpc-generation"));
        if (Generation > 0)
        {
            context.GetHttpContext().Response.Headers["topicgrpc-generation"] = Generation.ToString(CultureInfo.InvariantCulture);
        }

        if (Failures.TryDequeue(out RpcException? failure))
        {
            throw failure;
        }

        if (Resets > 0 && Interlocked.Increment(ref _resets) <= Resets)
        {
            const int Cancel = 8;
            context.GetHttpContext().Features.GetRequiredFeature<IHttpResetFeature>().Reset(Cancel);
        }

        if (HangsFirst && Interlocked.Increment(ref _calls) == 1)
        {
            Hanging.TrySetResult();
            await Task.Delay(Timeout.Infinite, context.CancellationToken);
        }

        return new PredictResponse
        {
            Prediction = new Prediction
            {
                TopicId = 3,
                TopicName = "3_gpu_card_driver_video",
                Probability = 0.75,
                TopicProbabilities =
                {
                    new TopicProbability { TopicId = 3, Probability = 0.75 },
                    new TopicProbability { TopicId = 5, Probability = 0.05 },
                },
                OutlierProbability = 0.2,
                Words = { new TopicWord { Term = "gpu", Score = 0.5 } },
                TokenCount = 7,
            },
            ModelVersion = "models/news/versions/12",
            Timing = new ServerTiming { Inference = Duration.FromTimeSpan(TimeSpan.FromMilliseconds(2)) },
        };
    }

    public override Task<BatchPredictResponse> BatchPredict(BatchPredictRequest request, ServerCallContext context)
    {
        BatchPredictResponse response = new() { ModelVersion = "models/news/versions/12" };
        foreach (string text in request.Texts)
        {
            response.Results.Add(text.Length > 0
                ? new BatchPredictResult { Prediction = new Prediction { TopicId = text.Length, TopicName = text } }
                : new BatchPredictResult
                {
                    Error = Refusals.Make(StatusCode.InvalidArgument, "INPUT_EMPTY", violation: ("texts[1]", "is empty")).GetRpcStatus(),
                });
        }

        return Task.FromResult(response);
    }

    /// <summary>Versions that streams were opened on.</summary>
    public ConcurrentQueue<StreamPredictRequest.Types.Open> Opened { get; } = new();

    public override async Task StreamPredict(
        IAsyncStreamReader<StreamPredictRequest> requestStream,
        IServerStreamWriter<StreamPredictResponse> responseStream,
        ServerCallContext context)
    {
        await requestStream.MoveNext(context.CancellationToken);
        StreamPredictRequest.Types.Open open = requestStream.Current.Open;
        Opened.Enqueue(open);
        for (long index = open.FirstIndex; await requestStream.MoveNext(context.CancellationToken); index++)
        {
            string text = requestStream.Current.Item.Text;
            StreamPredictResponse response = text.Length > 0
                ? new StreamPredictResponse { Index = index, Prediction = new Prediction { TopicId = text.Length, TopicName = text } }
                : new StreamPredictResponse
                {
                    Index = index,
                    Error = Refusals.Make(StatusCode.InvalidArgument, "INPUT_EMPTY", violation: ("text", "is empty")).GetRpcStatus(),
                };
            response.ModelVersion = index == open.FirstIndex ? "models/news/versions/12" : string.Empty;
            await responseStream.WriteAsync(response, context.CancellationToken);
        }
    }

    public override Task<ExplainPredictionResponse> ExplainPrediction(ExplainPredictionRequest request, ServerCallContext context) =>
        Task.FromResult(new ExplainPredictionResponse
        {
            ModelVersion = "models/news/versions/12",
            Prediction = new Prediction { TopicId = 3, TopicName = "3_gpu", Mode = request.Mode, TopicLabel = "Graphics" },
            TopicId = request.TopicId,
            TopicName = request.Text,
            Distribution = { new TopicProbability { TopicId = 3, Probability = 1 } },
            SharedTerms =
            {
                new ExplainPredictionResponse.Types.SharedTerm { Term = "gpu", TextWeight = 1, TopicWeight = 2, Contribution = 0.5 },
            },
            RepresentativeDocuments = { new RepresentativeDocument { DocumentId = "d1", Text = "a gpu" } },
            Margin = request.MinSimilarity,
            NextTopicId = request.Window,
            Tokens =
            {
                new ExplainPredictionResponse.Types.Token
                {
                    Token_ = "gpu",
                    Similarities = { new TopicProbability { TopicId = 3, Probability = 0.25 } },
                },
            },
        });
}
