using System.Runtime.CompilerServices;
using Grpc.Core;
using TopicGrpc.Client.Calls;
using TopicGrpc.Shared;
using Wire = TopicGrpc.V1;

namespace TopicGrpc.Client.Fits;

/// <summary>Reads the events of a fit over as many connections as it takes; every event once, in order.</summary>
internal sealed class FitWatch(ClientCore core, Wire.FitService.FitServiceClient stub, string fit, long afterSequence)
{
    private long _last = afterSequence;

    public async IAsyncEnumerable<Wire.WatchFitResponse> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Reconnection reconnection = new(core, "WatchFit");
        long from = _last;
        bool hasEnded = false;
        Wire.Fit? latest = null;
        while (!hasEnded)
        {
            using AsyncServerStreamingCall<Wire.WatchFitResponse> call =
                stub.WatchFit(new Wire.WatchFitRequest { Name = fit, AfterSequence = from }, cancellationToken: cancellationToken);
            RpcException? failure = null;
            while (true)
            {
                try
                {
                    if (!await call.ResponseStream.MoveNext(cancellationToken).ConfigureAwait(false))
                    {
                        // A polite end in the middle of a fit is a server that goes down.
                        hasEnded = latest is null || HasEnded(latest.State);
                        failure = hasEnded ? null : new RpcException(new Status(StatusCode.Unavailable, "The server ended the watch before the fit had ended."));
                        break;
                    }
                }
                catch (RpcException broken)
                {
                    failure = broken;
                    break;
                }

                Wire.WatchFitResponse current = call.ResponseStream.Current;
                if (current.Sequence > _last)
                {
                    _last = current.Sequence;
                    latest = current.Fit;
                    reconnection.Progressed();
                    yield return current;
                }
            }

            if (failure is null)
            {
                continue;
            }

            if (from > 0 && IsGone(failure))
            {
                // The server has forgotten some events; the oldest it keeps are the best there is.
                from = 0;
                continue;
            }

            await reconnection.WaitAsync(failure, cancellationToken).ConfigureAwait(false);
            from = _last;
        }
    }

    private static bool HasEnded(Wire.Fit.Types.State state) =>
        state is Wire.Fit.Types.State.Succeeded or Wire.Fit.Types.State.Failed or Wire.Fit.Types.State.Cancelled;

    private static bool IsGone(RpcException failure) =>
        failure.StatusCode == StatusCode.OutOfRange && failure.GetRpcStatus()?.GetDetail<Google.Rpc.ErrorInfo>()?.Reason == ErrorReasons.EventGone;
}
