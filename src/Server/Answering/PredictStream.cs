using System.Threading.Channels;
using Grpc.Core;
using Microsoft.Extensions.Options;
using TopicGrpc.Server.Embedding;
using TopicGrpc.Server.Errors;
using TopicGrpc.Server.Models;
using TopicGrpc.Server.Predicting;
using TopicGrpc.Server.Receiving;
using TopicGrpc.V1;
using Open = TopicGrpc.V1.StreamPredictRequest.Types.Open;

namespace TopicGrpc.Server.Answering;

/// <summary>
/// A prediction stream. A reader starts a few texts at a time and puts their answers in order into a bounded channel; a writer sends the
/// answers. If the client does not read, the channel fills, the reader stops, and flow control slows the sender.
/// </summary>
internal sealed class PredictStream(
    ModelRegistry models,
    Predictor predictor,
    EmbeddingExecutors executors,
    AnswerRecorder recorder,
    IOptions<EmbeddingOptions> options,
    IHostApplicationLifetime lifetime)
{
    public async Task RunAsync(
        IAsyncStreamReader<StreamPredictRequest> requests,
        IServerStreamWriter<StreamPredictResponse> responses,
        CallBody body,
        CancellationToken callCancelled)
    {
        // Shutdown does not cancel running calls, so the stream observes it itself.
        using var reading = CancellationTokenSource.CreateLinkedTokenSource(callCancelled, lifetime.ApplicationStopping);
        using var working = CancellationTokenSource.CreateLinkedTokenSource(callCancelled);
        try
        {
            Open open = await OpenAsync(requests, reading.Token);
            PeekedReader<StreamPredictRequest> items = new(requests);

            // The lease is acquired with the first item, so that a silent stream keeps no version loaded.
            _ = models.Current.Resolve(Select(open, first: null));
            bool hasItem = await items.PeekAsync(reading.Token);
            using VersionLease lease = await models.AcquireAsync(Select(open, hasItem ? items.Current.Item : null), reading.Token);
            var answers = Channel.CreateBounded<Task<StreamPredictResponse>>(
                new BoundedChannelOptions(options.Value.StreamWindow) { SingleReader = true, SingleWriter = true });
            PredictionMethod method = PredictionMapping.Method(open.Options, lease.Handle.Content, "open.options.mode");
            StreamAnswers answerer = new(predictor, recorder, lease, open, method);
            await using PredictStreamReader reader = new(answerer, executors.Count * 2);
            body.IsBusy = () => reader.IsAnswering;
            Task read = reader.ReadAsync(items, open.FirstIndex, answers.Writer, reading.Token, working.Token);
            try
            {
                await WriteAsync(answers.Reader, responses, lease.Handle.Name, callCancelled);
                await read;
            }
            finally
            {
                // No text of this call may run after the lease is released.
                await reading.CancelAsync();
                await working.CancelAsync();
                await Task.WhenAny(read);
                while (answers.Reader.TryRead(out Task<StreamPredictResponse>? left))
                {
                    await Task.WhenAny(left);
                }
            }
        }
        catch (OperationCanceledException)
            when (lifetime.ApplicationStopping.IsCancellationRequested && !callCancelled.IsCancellationRequested)
        {
            throw Fault.Draining();
        }
    }

    private static async Task<Open> OpenAsync(IAsyncStreamReader<StreamPredictRequest> requests, CancellationToken cancellationToken)
    {
        if (!await requests.MoveNext(cancellationToken) || requests.Current.PayloadCase != StreamPredictRequest.PayloadOneofCase.Open)
        {
            throw Fault.InvalidField("payload", "the first message must be open");
        }

        return requests.Current.Open;
    }

    /// <summary>
    /// Returns the selector of the stream. Under a traffic split, a stream without a routing key takes the side of its first item.
    /// </summary>
    private VersionSelector Select(Open open, StreamPredictRequest.Types.Item? first)
    {
        VersionSelector selector = ModelMapping.FromProto(open.Selector) with { Key = RoutingKey.Of(open.RoutingKey, [], []) };
        return open.RoutingKey.Length == 0
            && selector.IsByPolicy
            && first is not null
            && models.Current.Model(selector.ModelId).Traffic is { Targets.IsEmpty: false }
            ? selector with { Key = RoutingKey.Of(string.Empty, [first.Text], first.Embedding) }
            : selector;
    }

    private static async Task WriteAsync(
        ChannelReader<Task<StreamPredictResponse>> answers,
        IServerStreamWriter<StreamPredictResponse> responses,
        string version,
        CancellationToken cancellationToken)
    {
        bool isFirst = true;
        await foreach (Task<StreamPredictResponse> answer in answers.ReadAllAsync(cancellationToken))
        {
            StreamPredictResponse response = await answer;
            if (isFirst)
            {
                response.ModelVersion = version;
                isFirst = false;
            }

            await responses.WriteAsync(response, cancellationToken);
        }
    }
}
