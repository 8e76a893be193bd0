using System.Threading.Channels;
using Grpc.Core;
using TopicGrpc.Server.Contract;
using TopicGrpc.Server.Embedding;
using TopicGrpc.Server.Errors;
using TopicGrpc.Server.Models;
using TopicGrpc.Server.Predicting;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Answering;

/// <summary>Reads the texts of a stream and begins them, at most <paramref name="atWork"/> at the same time.</summary>
internal sealed class PredictStreamReader(
    Predictor predictor, VersionLease lease, StreamPredictRequest.Types.Open open, bool byCentroid, AnsweredTexts answered, int atWork) : IAsyncDisposable
{
    private readonly SemaphoreSlim _slots = new(atWork);

    public async Task ReadAsync(
        IAsyncStreamReader<StreamPredictRequest> requests, long firstIndex, ChannelWriter<Task<StreamPredictResponse>> answers, CancellationToken reading, CancellationToken working)
    {
        try
        {
            for (long index = firstIndex; await requests.MoveNext(reading); index++)
            {
                if (requests.Current.PayloadCase != StreamPredictRequest.PayloadOneofCase.Item)
                {
                    throw Fault.InvalidField("payload", "after the first message it must be item");
                }

                await answers.WaitToWriteAsync(reading);
                await _slots.WaitAsync(reading);
                await answers.WriteAsync(AnswerAsync(index, requests.Current.Item, working), CancellationToken.None);
            }
        }
        finally
        {
            // Completed without the error: what was read before it is still answered.
            answers.Complete();
        }
    }

    /// <summary>Ends when no text is at work.</summary>
    public async ValueTask DisposeAsync()
    {
        for (int slot = 0; slot < atWork; slot++)
        {
            await _slots.WaitAsync();
        }

        _slots.Dispose();
    }

    private async Task<StreamPredictResponse> AnswerAsync(long index, StreamPredictRequest.Types.Item item, CancellationToken cancellationToken)
    {
        try
        {
            PredictionAnswer answer = await predictor.PredictAsync(lease.Handle, item.Text, item.Embedding, byCentroid, open.Options?.IncludeProbabilities == true, EmbeddingPriority.Paced, deadline: null, cancellationToken);
            answered.Add(lease, RoutingKey.Of(open.RoutingKey, [item.Text], item.Embedding), open.Options, answer);
            return new StreamPredictResponse { Index = index, Prediction = PredictionMapping.ToProto(answer, lease.Handle.Content, open.Options) };
        }
        catch (ServiceException refusal)
        {
            return new StreamPredictResponse { Index = index, Error = StatusMapping.ToProto(refusal) };
        }
        finally
        {
            _slots.Release();
        }
    }
}
