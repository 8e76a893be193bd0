using System.Runtime.CompilerServices;
using Grpc.Core;
using TopicGrpc.Client.Calls;
using TopicGrpc.Client.Selectors;
using Wire = TopicGrpc.V1;

namespace TopicGrpc.Client.Predictions;

/// <summary>Predictions of a sequence over as many connections as it takes: every text is answered once, in order, all by one version.</summary>
internal sealed class PredictionStream(
    ClientCore core, Wire.PredictionService.PredictionServiceClient stub, Wire.ModelSelector selector, IAsyncEnumerable<string> texts, Wire.PredictOptions? options, string routingKey)
{
    public async IAsyncEnumerable<PredictionOutcome> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        PredictionSource source = new(texts.GetAsyncEnumerator(stop.Token));
        await using ConfiguredAsyncDisposable disposing = source.ConfigureAwait(false);
        Reconnection reconnection = new(core, "StreamPredict");
        Wire.ModelSelector chosen = selector;
        string version = "";
        try
        {
            while (true)
            {
                using var connected = CancellationTokenSource.CreateLinkedTokenSource(stop.Token);
                using AsyncDuplexStreamingCall<Wire.StreamPredictRequest, Wire.StreamPredictResponse> call = stub.StreamPredict(cancellationToken: connected.Token);
                Task sending = SendAsync(call.RequestStream, source, chosen, connected.Token);
                RpcException? failure = null;
                try
                {
                    while (true)
                    {
                        try
                        {
                            if (!await MoveNextAsync(call.ResponseStream, sending, cancellationToken).ConfigureAwait(false))
                            {
                                break;
                            }
                        }
                        catch (RpcException broken)
                        {
                            failure = broken;
                            break;
                        }

                        Wire.StreamPredictResponse response = call.ResponseStream.Current;
                        if (response.ModelVersion.Length > 0)
                        {
                            version = response.ModelVersion;
                            chosen = SelectorMapping.Map(SelectorMapping.Parse(version));
                        }

                        source.Answer();
                        reconnection.Progressed();
                        yield return PredictionMapping.Map(response, version);
                    }
                }
                finally
                {
                    await connected.CancelAsync().ConfigureAwait(false);
                    await sending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                }

                if (failure is null && source.IsDone)
                {
                    yield break;
                }

                // A polite end before the last answer is a server that goes down.
                failure ??= new RpcException(new Status(StatusCode.Unavailable, "The server ended the stream before the last answer."));
                await reconnection.WaitAsync(failure, cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
        }
    }

    // The caller's source may throw while the server waits for the next text: then there is nothing more to read.
    private static async Task<bool> MoveNextAsync(IAsyncStreamReader<Wire.StreamPredictResponse> responses, Task sending, CancellationToken cancellationToken)
    {
        Task<bool> moving = responses.MoveNext(cancellationToken);
        if (await Task.WhenAny(moving, sending).ConfigureAwait(false) == sending && sending.IsFaulted)
        {
            await sending.ConfigureAwait(false);
        }

        return await moving.ConfigureAwait(false);
    }

    private async Task SendAsync(IClientStreamWriter<Wire.StreamPredictRequest> requests, PredictionSource source, Wire.ModelSelector chosen, CancellationToken cancellationToken)
    {
        long index = source.Answered;
        Wire.StreamPredictRequest.Types.Open open = new() { Selector = chosen, Options = options, FirstIndex = index, RoutingKey = routingKey };
        if (!await TryAsync(requests.WriteAsync(new Wire.StreamPredictRequest { Open = open }, cancellationToken)).ConfigureAwait(false))
        {
            return;
        }

        for (; await source.GetAsync(index, cancellationToken).ConfigureAwait(false) is { } text; index++)
        {
            if (!await TryAsync(requests.WriteAsync(new Wire.StreamPredictRequest { Item = new() { Text = text } }, cancellationToken)).ConfigureAwait(false))
            {
                return;
            }
        }

        await TryAsync(requests.CompleteAsync()).ConfigureAwait(false);
    }

    /// <summary>Writes; when the call has ended already, why comes to the reader.</summary>
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
