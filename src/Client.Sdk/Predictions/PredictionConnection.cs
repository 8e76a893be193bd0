using Grpc.Core;
using TopicGrpc.Client.Calls;
using Wire = TopicGrpc.V1;

namespace TopicGrpc.Client.Predictions;

/// <summary>One connection of a prediction stream: sends texts from the source while it reads answers.</summary>
internal sealed class PredictionConnection : IStreamConnection<Wire.StreamPredictResponse>
{
    private readonly CancellationTokenSource _stop;
    private readonly AsyncDuplexStreamingCall<Wire.StreamPredictRequest, Wire.StreamPredictResponse> _call;
    private readonly Task _sending;

    public PredictionConnection(
        Wire.PredictionService.PredictionServiceClient stub,
        Wire.StreamPredictRequest.Types.Open open,
        PredictionSource source,
        CancellationToken cancellationToken)
    {
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _call = stub.StreamPredict(cancellationToken: _stop.Token);
        _sending = SendAsync(_call.RequestStream, open, source, _stop.Token);
    }

    public Wire.StreamPredictResponse Current => _call.ResponseStream.Current;

    public async Task<bool> MoveNextAsync(CancellationToken cancellationToken)
    {
        Task<bool> moving = _call.ResponseStream.MoveNext(cancellationToken);

        // If the caller's source throws, the server waits for a text that never comes: the exception ends the stream.
        if (await Task.WhenAny(moving, _sending).ConfigureAwait(false) == _sending && _sending.IsFaulted)
        {
            await _sending.ConfigureAwait(false);
        }

        return await moving.ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _sending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _call.Dispose();
        _stop.Dispose();
    }

    private static async Task SendAsync(
        IClientStreamWriter<Wire.StreamPredictRequest> requests,
        Wire.StreamPredictRequest.Types.Open open,
        PredictionSource source,
        CancellationToken cancellationToken)
    {
        if (!await TryAsync(requests.WriteAsync(new Wire.StreamPredictRequest { Open = open }, cancellationToken)).ConfigureAwait(false))
        {
            return;
        }

        for (long index = open.FirstIndex; await source.GetAsync(index, cancellationToken).ConfigureAwait(false) is { } text; index++)
        {
            Wire.StreamPredictRequest request = new() { Item = new() { Text = text } };
            if (!await TryAsync(requests.WriteAsync(request, cancellationToken)).ConfigureAwait(false))
            {
                return;
            }
        }

        await TryAsync(requests.CompleteAsync()).ConfigureAwait(false);
    }

    /// <summary>Writes; returns false if the call has ended, since the reader gets the reason.</summary>
    private static async Task<bool> TryAsync(Task writing)
    {
        try
        {
            await writing.ConfigureAwait(false);
            return true;
        }
        catch (Exception ended) when (ended is RpcException or InvalidOperationException or IOException)
        {
            return false;
        }
    }
}
