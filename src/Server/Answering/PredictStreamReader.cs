using System.Threading.Channels;
using Grpc.Core;
using TopicGrpc.Server.Errors;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Answering;

/// <summary>Reads the items of a stream and starts their answers, at most <paramref name="concurrency"/> at the same time.</summary>
internal sealed class PredictStreamReader(StreamAnswers answerer, int concurrency) : IAsyncDisposable
{
    private readonly SemaphoreSlim _slots = new(concurrency);

    /// <summary>Whether the answer of an item is being computed.</summary>
    public bool IsAnswering => _slots.CurrentCount < concurrency;

    public async Task ReadAsync(
        IAsyncStreamReader<StreamPredictRequest> requests,
        long firstIndex,
        ChannelWriter<Task<StreamPredictResponse>> answers,
        CancellationToken reading,
        CancellationToken working)
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
            // Completed without the error: the items before it are still answered.
            answers.Complete();
        }
    }

    /// <summary>Completes when no answer runs.</summary>
    public async ValueTask DisposeAsync()
    {
        for (int slot = 0; slot < concurrency; slot++)
        {
            await _slots.WaitAsync();
        }

        _slots.Dispose();
    }

    private async Task<StreamPredictResponse> AnswerAsync(
        long index,
        StreamPredictRequest.Types.Item item,
        CancellationToken cancellationToken)
    {
        try
        {
            return await answerer.AnswerAsync(index, item, cancellationToken);
        }
        finally
        {
            _slots.Release();
        }
    }
}
