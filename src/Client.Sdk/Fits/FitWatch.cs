using Grpc.Core;
using TopicGrpc.Client.Calls;
using TopicGrpc.Shared;
using Wire = TopicGrpc.V1;

namespace TopicGrpc.Client.Fits;

/// <summary>Reads the events of a fit; every event once, in order.</summary>
internal sealed class FitWatch(ClientCore core, Wire.FitService.FitServiceClient stub, string fit, long afterSequence)
    : IStreamPosition<Wire.WatchFitResponse>
{
    private long _last = afterSequence;
    private long _resumeAfter = afterSequence;
    private Wire.Fit? _latest;

    public bool IsComplete => _latest is null || HasEnded(_latest.State);

    public IAsyncEnumerable<Wire.WatchFitResponse> ReadAsync(CancellationToken cancellationToken) =>
        new ResumingStream<Wire.WatchFitResponse>(core, "WatchFit", this).ReadAsync(cancellationToken);

    public IStreamConnection<Wire.WatchFitResponse> Open(CancellationToken cancellationToken) => new WatchConnection<Wire.WatchFitResponse>(
        stub.WatchFit(new Wire.WatchFitRequest { Name = fit, AfterSequence = _resumeAfter }, cancellationToken: cancellationToken));

    public bool Accept(Wire.WatchFitResponse response)
    {
        if (response.Sequence <= _last)
        {
            return false;
        }

        _last = _resumeAfter = response.Sequence;
        _latest = response.Fit;
        return true;
    }

    /// <summary>Continues with the oldest event that the server keeps when it no longer has the next one.</summary>
    public bool TryRestart(RpcException failure)
    {
        if (_resumeAfter == 0 || !IsGone(failure))
        {
            return false;
        }

        _resumeAfter = 0;
        return true;
    }

    private static bool HasEnded(Wire.Fit.Types.State state) =>
        state is Wire.Fit.Types.State.Succeeded or Wire.Fit.Types.State.Failed or Wire.Fit.Types.State.Cancelled;

    private static bool IsGone(RpcException failure) =>
        failure.StatusCode == StatusCode.OutOfRange
            && failure.GetRpcStatus()?.GetDetail<Google.Rpc.ErrorInfo>()?.Reason == ErrorReasons.EventGone;
}
