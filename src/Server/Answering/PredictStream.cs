using System.Threading.Channels;
using Grpc.Core;
using Microsoft.Extensions.Options;
using TopicGrpc.Server.Embedding;
using TopicGrpc.Server.Errors;
using TopicGrpc.Server.Models;
using TopicGrpc.Server.Predicting;
using TopicGrpc.Shared;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Answering;

/// <summary>
/// One prediction stream: a reader begins texts, a few at a time, and puts them in order into a bounded channel; a writer
/// sends the answers. When the client does not read, the channel fills, the reader stops, and flow control slows the sender.
/// </summary>
internal sealed class PredictStream(ModelRegistry models, Predictor predictor, EmbeddingExecutors executors, AnsweredTexts answered, IOptions<EmbeddingOptions> options, IHostApplicationLifetime lifetime)
{
    public async Task RunAsync(IAsyncStreamReader<StreamPredictRequest> requests, IServerStreamWriter<StreamPredictResponse> responses, CancellationToken callCancelled)
    {
        // A stop of the server does not cancel the calls at work, so the stream watches for it itself.
        using var reading = CancellationTokenSource.CreateLinkedTokenSource(callCancelled, lifetime.ApplicationStopping);
        using var working = CancellationTokenSource.CreateLinkedTokenSource(callCancelled);
        try
        {
            StreamPredictRequest.Types.Open open = await OpenAsync(requests, reading.Token);
            PeekedReader<StreamPredictRequest> items = new(requests);
            using VersionLease lease = await models.AcquireAsync(await ChooseAsync(open, items, reading.Token), reading.Token);
            var answers = Channel.CreateBounded<Task<StreamPredictResponse>>(new BoundedChannelOptions(options.Value.StreamWindow) { SingleReader = true, SingleWriter = true });
            bool byCentroid = PredictionMapping.ByCentroid(open.Options?.Mode ?? PredictMode.Unspecified, lease.Handle.Content, "open.options.mode");
            await using PredictStreamReader reader = new(predictor, lease, open, byCentroid, answered, executors.Count * 2);
            Task read = reader.ReadAsync(items, open.FirstIndex, answers.Writer, reading.Token, working.Token);
            try
            {
                await WriteAsync(answers.Reader, responses, ResourceNames.Version(lease.Handle.Model, lease.Handle.Number), callCancelled);
                await read;
            }
            finally
            {
                // Nothing may go on working for this call when the version is given back.
                await reading.CancelAsync();
                await working.CancelAsync();
                await Task.WhenAny(read);
                while (answers.Reader.TryRead(out Task<StreamPredictResponse>? left))
                {
                    await Task.WhenAny(left);
                }
            }
        }
        catch (OperationCanceledException) when (lifetime.ApplicationStopping.IsCancellationRequested && !callCancelled.IsCancellationRequested)
        {
            throw Fault.Draining();
        }
    }

    private static async Task<StreamPredictRequest.Types.Open> OpenAsync(IAsyncStreamReader<StreamPredictRequest> requests, CancellationToken cancellationToken)
    {
        if (!await requests.MoveNext(cancellationToken) || requests.Current.PayloadCase != StreamPredictRequest.PayloadOneofCase.Open)
        {
            throw Fault.InvalidField("payload", "the first message must be open");
        }

        return requests.Current.Open;
    }

    /// <summary>Under a split a stream without a key goes where its first item goes.</summary>
    private async Task<VersionChoice> ChooseAsync(StreamPredictRequest.Types.Open open, PeekedReader<StreamPredictRequest> items, CancellationToken cancellationToken)
    {
        VersionChoice choice = ModelMapping.FromProto(open.Selector) with { Key = RoutingKey.Of(open.RoutingKey, [], []) };
        return open.RoutingKey.Length == 0
            && choice.IsByPolicy
            && models.Current.Model(choice.Model).Traffic is { Targets.IsEmpty: false }
            && await items.PeekAsync(cancellationToken)
            && items.Current.Item is { } first
            ? choice with { Key = RoutingKey.Of(string.Empty, [first.Text], first.Embedding) }
            : choice;
    }

    private static async Task WriteAsync(ChannelReader<Task<StreamPredictResponse>> answers, IServerStreamWriter<StreamPredictResponse> responses, string version, CancellationToken cancellationToken)
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
